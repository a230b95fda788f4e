"""The command line door: ``contor COMMAND``.

Commands are named in one table and imported only when called, so that ``contor --help`` answers
at once and ``contor bank-lines`` never loads the learning libraries.
"""

from __future__ import annotations

import sys

from contor.cli.program import program

__all__ = ["main", "program"]


def main() -> None:
    """Run the program and leave with its exit status (see ``contor.cli.manners``)."""
    sys.exit(program(standalone_mode=True))
