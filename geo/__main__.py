"""Commands of the room: ``python -m geo geocode …`` and ``python -m geo boundaries …``."""

from __future__ import annotations

import json
import logging
import sys
from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from geo.boundaries.cli import boundaries
from geo.command_line import run_command
from geo.errors import GeocodeInputError
from geo.gazetteer import load_gazetteer
from geo.geocoder import GeocodeResult, get_default_geocoder
from geo.i18n import format_number, format_percent, t

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit code: 0, 1 when refused, 2 for a wrong call."""
    commands = click.Group(commands=[geocode, boundaries], no_args_is_help=False)
    return run_command(commands, "python -m geo", arguments)


@click.command(help=t("geo.geocoder.help"))
@click.option("--json", "as_json", is_flag=True, help=t("geo.geocoder.help_json"))
@click.option(
    "--as-of", type=date.fromisoformat, metavar="YYYY-MM-DD", help=t("geo.geocoder.help_as_of")
)
def geocode(*, as_json: bool, as_of: date | None) -> None:
    """Read texts from standard input, one a line, and write what they name.

    As JSON every line gives one object on one line, empty lines as well; otherwise a table for
    reading. Bytes that are no UTF-8 are read as the replacement character. A line that is too
    long gives ``unknown`` and a note on standard error.
    """
    geocoder = get_default_geocoder()
    show = format_as_json if as_json else format_as_table
    for text in _read_lines(sys.stdin.buffer):
        try:
            result = geocoder.geocode(text, as_of=as_of)
        except GeocodeInputError as error:
            sys.stderr.write(f"{error}\n")
            result = GeocodeResult(text, "unknown", (), ())
        sys.stdout.buffer.write(show(result).encode("utf-8", "replace") + b"\n")
    sys.stdout.buffer.flush()


def format_as_json(result: GeocodeResult) -> str:
    """Return a result as one line of JSON: text, status, matches, unresolved, reason."""
    record: dict[str, Any] = {
        "text": result.text,
        "status": result.status,
        "matches": [asdict(match) for match in result.matches],
        "unresolved": list(result.unresolved),
        "reason": result.reason,
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
        if match.left_out:
            communes = load_gazetteer().commune_by_code
            names = ", ".join(communes[code].name for code in match.left_out)
            behind += f"  ({t('geo.geocoder.left_out', names=names)})"
        lines.append(
            f"  {match.code}  {match.name}  {format_percent(100 * match.confidence)}  "
            f"{match.method}  “{match.matched_text}”  {behind}".rstrip()
        )
    lines += [f"  ?  {text}" for text in result.unresolved]
    if result.reason:
        lines.append(f"  !  {t(f'geo.geocoder.{result.reason}')}")
    return "\n".join(lines)


def _read_lines(stream: Iterable[bytes]) -> Iterator[str]:
    for number_of_line, line in enumerate(stream):
        text = line.decode("utf-8", "replace").rstrip("\r\n")
        yield text.removeprefix("\ufeff") if number_of_line == 0 else text


if __name__ == "__main__":
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    sys.exit(main())
