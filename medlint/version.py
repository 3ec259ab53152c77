"""The version of medlint."""

__version__ = "0.1.0"
