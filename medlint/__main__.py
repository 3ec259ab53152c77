"""``python -m medlint``."""

from medlint.cli.app import main

main()
