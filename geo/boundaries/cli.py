"""``python -m geo boundaries``: install, roll back, look at and export the boundaries."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import Any

import click

from geo.boundaries import store
from geo.boundaries.active import (
    describe_active_layer,
    get_active_layer,
    install_official,
    roll_back_layer,
)
from geo.boundaries.layer import load_communes, to_geojson
from geo.command_line import write_json
from geo.errors import BoundarySourceError
from geo.i18n import format_date, format_number, t

_EXPORTED = ("code", "name")


@click.group(help=t("geo.boundaries.cli.description"), no_args_is_help=False)
def boundaries() -> None:
    """Install, roll back, look at and export the boundaries."""


@boundaries.command(help=t("geo.boundaries.cli.install"))
@click.argument("source", required=False, help=t("geo.boundaries.cli.install_source"))
def install(source: str | None) -> None:
    """Install the official layer from a folder, a ZIP file or an address."""
    layer = install_official(source)
    click.echo(t("geo.boundaries.cli.installed", count=len(layer.frame), source=layer.source))


@boundaries.command(help=t("geo.boundaries.cli.rollback"))
def rollback() -> None:
    """Put the layer before in use again."""
    click.echo(t("geo.boundaries.cli.rolled_back", source=roll_back_layer().source))


@boundaries.command(help=t("geo.boundaries.cli.status"))
@click.option("--json", "as_json", is_flag=True, help=t("geo.boundaries.cli.status_json"))
def status(*, as_json: bool) -> None:
    """Say which layer is in use, and what its checks found."""
    status_data = build_status()
    if as_json:
        write_json(status_data)
    else:
        click.echo(_format(status_data))


@boundaries.command(help=t("geo.boundaries.cli.export"))
@click.argument("out", type=Path, help=t("geo.boundaries.cli.export_out"))
def export(out: Path) -> None:
    """Write the layer in use as a GeoJSON file."""
    out = out.expanduser()
    click.echo(t("geo.boundaries.cli.exported", count=export_geojson(out), file=out))


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


def _format(status_data: dict[str, Any]) -> str:
    layer = get_active_layer()
    checks, web = status_data["checks"], status_data["web"]
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
