"""Fixes: what mends a finding, how it is applied to the bytes of a file, and how that is written.

A rule declares its fix; `build` turns the declaration and a fault into edits, `apply` puts the
edits into bytes, `fixer` does so until nothing is left to mend, `writing` replaces the file.
`layout` lays records out again as PubMed does, for ``medlint format``.
"""
