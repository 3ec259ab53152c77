"""Findings that are held back: those that somebody ignores, and those that were there before."""

#: What the files are called.
IGNORES = "medlint-ignores.yaml"
BASELINE = "medlint-baseline.jsonl"
