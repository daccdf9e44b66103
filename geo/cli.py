"""``python -m geo geocode``: one text a line in, its communes out, as a table or as JSON."""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING, Any

from geo.errors import GeocodeInputError
from geo.geocoder import GeocodeResult, get_default_geocoder
from geo.i18n import format_number, format_percent, t

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence


def main(arguments: Sequence[str]) -> int:
    """Read texts from standard input, one a line, and write what they name.

    With ``--json`` every line gives one JSON object on one line, empty lines as well; without, a
    table for reading. Bytes that are no UTF-8 are read as the replacement character. A line that
    is too long gives ``unknown`` and a note on standard error. Returns 0; 2 for wrong arguments.
    """
    options = _make_parser().parse_args(arguments)
    geocoder = get_default_geocoder()
    show = format_as_json if options.json else format_as_table
    for text in _read_lines(sys.stdin.buffer):
        try:
            result = geocoder.geocode(text, as_of=options.as_of)
        except GeocodeInputError as error:
            sys.stderr.write(f"{error}\n")
            result = GeocodeResult(text, "unknown", (), ())
        sys.stdout.buffer.write(show(result).encode("utf-8", "replace") + b"\n")
    sys.stdout.buffer.flush()
    return 0


def format_as_json(result: GeocodeResult) -> str:
    """Return a result as one line of JSON: text, status, matches, unresolved."""
    record: dict[str, Any] = {
        "text": result.text,
        "status": result.status,
        "matches": [asdict(match) for match in result.matches],
        "unresolved": list(result.unresolved),
    }
    return json.dumps(record, ensure_ascii=False)


def format_as_table(result: GeocodeResult) -> str:
    """Return a result as lines for reading: the text, then one line for each match."""
    lines = [f"{result.text}  [{t(f'geo.geocoder.{result.status}')}]"]
    for match in result.matches:
        behind = ""
        if match.runner_up is not None and match.margin is not None:
            margin = format_number(match.margin, 2)
            behind = t("geo.geocoder.runner_up", name=match.runner_up, margin=margin)
        lines.append(
            f"  {match.code}  {match.name}  {format_percent(100 * match.confidence)}  "
            f"{match.method}  “{match.matched_text}”  {behind}".rstrip()
        )
    lines += [f"  ?  {text}" for text in result.unresolved]
    return "\n".join(lines)


def _make_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="geo geocode", description=t("geo.geocoder.help"))
    parser.add_argument("--json", action="store_true", help=t("geo.geocoder.help_json"))
    parser.add_argument(
        "--as-of", type=date.fromisoformat, metavar="YYYY-MM-DD", help=t("geo.geocoder.help_as_of")
    )
    return parser


def _read_lines(stream: Iterable[bytes]) -> Iterator[str]:
    for number_of_line, line in enumerate(stream):
        text = line.decode("utf-8", "replace").rstrip("\r\n")
        yield text.removeprefix("\ufeff") if number_of_line == 0 else text
