"""The version of medlint."""

__version__ = "0.4.0"
