"""``python -m contor.cli``."""

from contor.cli import main

main()
