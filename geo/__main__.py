"""Commands of the room: ``python -m geo geocode …`` and ``python -m geo boundaries …``."""

from __future__ import annotations

import logging
import sys
from importlib import import_module
from typing import Final

from geo.i18n import t

COMMANDS: Final = {"geocode": "geo.cli", "boundaries": "geo.boundaries.cli"}


def main(arguments: list[str]) -> int:
    """Run a command and return its exit status; 2 for an unknown one."""
    if not arguments or arguments[0] not in COMMANDS:
        sys.stderr.write(t("geo.command.usage", commands=" | ".join(COMMANDS)) + "\n")
        return 2
    status: int = import_module(COMMANDS[arguments[0]]).main(arguments[1:])
    return status


if __name__ == "__main__":
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    raise SystemExit(main(sys.argv[1:]))
