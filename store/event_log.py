"""One line in the log for each event that an operator follows: sign-ins, imports, refusals."""

from __future__ import annotations

import logging
import sys
from typing import Final, Literal

Event = Literal[
    "sign_in", "sign_out", "import", "template", "undo", "export", "refusal", "slow_request"
]

EVENTS: Final = logging.getLogger("hpmap.events")
_LONGEST_VALUE: Final = 120


def log_event(event: Event, **fields: object) -> None:
    """Write an event as ``event=… name=value …`` on one line of the log.

    Values are kept to one printable word each, so that nothing a user sends can begin a line or a
    field of its own. Callers pass no contents of files, no passwords and no tokens.
    """
    text = " ".join(f"{name}={_format_value(value)}" for name, value in fields.items())
    EVENTS.info("event=%s %s", event, text)


def show_events() -> None:
    """Send the events to the error stream with time and level, once per process."""
    if not EVENTS.handlers:
        handler = logging.StreamHandler(sys.stderr)
        handler.setFormatter(logging.Formatter("%(asctime)s %(name)s %(message)s"))
        EVENTS.addHandler(handler)
    EVENTS.setLevel(logging.INFO)


def _format_value(value: object) -> str:
    if isinstance(value, float):
        return f"{value:.2f}"
    text = "".join(letter if letter.isprintable() else "?" for letter in str(value))
    return "_".join(text.split())[:_LONGEST_VALUE].replace("=", ":") or "-"
