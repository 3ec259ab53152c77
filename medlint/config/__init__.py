"""``medlint.yaml`` and ``[tool.medlint]``: what a project has settled for all its runs."""
