"""``python -m geo boundaries``: install, roll back, look at and export the boundaries."""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from geo.boundaries import store
from geo.boundaries.active import (
    describe_active_layer,
    get_active_layer,
    install_official,
    roll_back_layer,
)
from geo.boundaries.layer import load_communes, to_geojson
from geo.errors import BoundarySourceError, ProjectMapError
from geo.i18n import format_date, format_number, t

if TYPE_CHECKING:
    from collections.abc import Sequence

_EXPORTED = ("code", "name")


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; return 0, 1 when it was refused or failed, 2 when it was not understood.

    What was asked for goes to standard output, faults to standard error.
    """
    try:
        chosen = _make_parser().parse_args(argv)
    except _UsageError as fault:
        sys.stderr.write(t("geo.boundaries.cli.usage_error", fault=fault) + "\n")
        return 2
    try:
        sys.stdout.write(_run_command(chosen) + "\n")
    except ProjectMapError as fault:
        sys.stderr.write(f"{fault}\n")
        return 1
    return 0


def build_status() -> dict[str, Any]:
    """Return what ``status --json`` prints: provider, source, date, counts, area checks."""
    state = store.read_active_version()
    about = describe_active_layer()
    return about | {"active": state.version, "can_roll_back_to": list(state.history[-1:])}


def export_geojson(out: Path) -> int:
    """Write the active layer as GeoJSON (``code``, ``name``, geometry; EPSG:4326).

    Returns the number of communes; the file appears whole or not at all. Raises
    ``BoundarySourceError`` when it cannot be written.
    """
    layer = get_active_layer()
    text = to_geojson(layer.frame, _EXPORTED, source=layer.source)
    making = None
    try:
        handle, making = tempfile.mkstemp(prefix=".export-", dir=out.parent)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
        Path(making).chmod(0o644)
        Path(making).replace(out)
    except OSError as fault:
        if making is not None:
            Path(making).unlink(missing_ok=True)
        raise BoundarySourceError(
            t("geo.boundaries.cli.cannot_write", file=out, fault=fault.strerror)
        ) from fault
    return len(layer.frame)


def _run_command(chosen: argparse.Namespace) -> str:
    if chosen.command == "install":
        layer = install_official(chosen.source)
        return t("geo.boundaries.cli.installed", count=len(layer.frame), source=layer.source)
    if chosen.command == "rollback":
        return t("geo.boundaries.cli.rolled_back", source=roll_back_layer().source)
    if chosen.command == "export":
        out = Path(chosen.out).expanduser()
        return t("geo.boundaries.cli.exported", count=export_geojson(out), file=out)
    if chosen.json:
        return json.dumps(build_status(), ensure_ascii=False, indent=1)
    return _format_status()


def _format_status() -> str:
    layer, found = get_active_layer(), build_status()
    checks, web = found["checks"], found["web"]
    areas = checks["areas"]
    names = load_communes()["name"]
    faults = len(checks["invalid"]) + len(checks["mismatched"]) + checks["gaps"]
    lines = [
        t(
            "geo.boundaries.cli.status_source",
            provider=t(f"geo.boundaries.provider_{layer.provider}"),
            source=layer.source,
            day=format_date(layer.date),
            version=layer.version,
        ),
        t(
            "geo.boundaries.cli.status_counts",
            communes=checks["communes"],
            polygons=format_number(checks["polygons"]),
            vertices=format_number(checks["vertices"]),
            faults=faults,
        ),
        t(
            "geo.boundaries.cli.status_area",
            total=format_number(areas["total_km2"], 2),
            official=format_number(areas["official_km2"], 2),
            difference=format_number(areas["difference_pct"], 2),
            mainland=format_number(areas["mainland_difference_pct"], 2),
            median=format_number(areas["median_difference_pct"], 2),
        ),
        t("geo.boundaries.cli.status_web", size=web["gzip_bytes"] // 1000, file=web["file"]),
    ]
    wide = [
        f"{names[code]} ({format_number(value, 1)} %)"
        for code, value in areas["beyond_5_pct"].items()
    ]
    if wide:
        lines.append(t("geo.boundaries.cli.status_wide", names=", ".join(wide)))
    lines += [
        t("geo.boundaries.cli.status_rollback", version=version)
        for version in store.read_active_version().history[-1:]
    ]
    return "\n".join(lines)


class _UsageError(Exception):
    """The command line was not understood."""


class _CommandParser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise _UsageError(f"{message}\n{self.format_usage()}")


def _make_parser() -> argparse.ArgumentParser:
    def text(key: str) -> str:
        return t(f"geo.boundaries.cli.{key}")

    parser = _CommandParser(prog="python -m geo boundaries", description=text("description"))
    commands = parser.add_subparsers(dest="command", required=True)
    install = commands.add_parser("install", help=text("install"))
    install.add_argument("source", nargs="?", help=text("install_source"))
    commands.add_parser("rollback", help=text("rollback"))
    status_parser = commands.add_parser("status", help=text("status"))
    status_parser.add_argument("--json", action="store_true", help=text("status_json"))
    export_parser = commands.add_parser("export", help=text("export"))
    export_parser.add_argument("out", help=text("export_out"))
    return parser
