"""``python -m medlint``."""

from medlint.cli.main import main

main()
