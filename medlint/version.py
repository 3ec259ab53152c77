"""The version of medlint."""

__version__ = "0.3.0"
