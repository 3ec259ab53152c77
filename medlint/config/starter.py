"""The text of a new ``medlint.yaml``, which changes nothing until it is edited."""

from __future__ import annotations

STARTER = """\
# The configuration of medlint for this folder and those in it. Each setting stands here with an
# example; take the '#' away from what you want. `medlint config show` prints what holds.
# Paths and patterns count from the folder of this file.

# What this file builds upon: the packs default, strict (for a gate) and legacy (for old records
# and old exports), and other configuration files.
#extends: [default]

# Run these rules only: codes, beginnings of codes, names, topics or ALL (see `medlint rules list`).
#select: [ML0, identifiers, doi-agreement]

# Run these rules too, beside the ones that are on by default.
#extend-select: [author-present]

# Do not run these. Ignores of packs, files and the command line add up.
#ignore: [no-trailing-blanks]

# How severe a rule is here: error, warning or info.
#severity:
#  issn-linking-last: warning

# A finding of this severity or worse ends a run with 1: error, warning, info or never.
#fail-level: error

# Rules that are silent on some files. Patterns are as in .gitignore.
#per-file-ignores:
#  "before-2010/": [completeness]

# Rules of your own: files and folders, which must be there.
#rules: [.]

# What is checked when the command line names nothing.
#paths: [.]

# What is left out, even if it is named, as pre-commit does.
#exclude: [drafts/, "*.old.nbib"]

# Who wrote the records: auto (each shows it), pubmed, book, pmc, eric or other.
#dialect: auto

# The day that counts as today.
#as-of: 2026-01-31

# What is written: FORMAT for standard output, FORMAT:FILE for a file beside it.
#output: [concise, "json:findings.json"]
"""
