"""Keeps what is too much for memory in a temporary file."""
