"""The version of medlint."""

__version__ = "0.2.0"
