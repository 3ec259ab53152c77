"""Findings that are held back: those that somebody ignores, and those that were there before."""

#: What the file is called.
BASELINE = "medlint-baseline.jsonl"
