"""Exports as ODK Central, ODK Collect and Kobo write them, made for tests from the same visits."""

from __future__ import annotations

import csv
import io
import zipfile
from dataclasses import dataclass, field
from functools import cache
from xml.sax.saxutils import escape

import openpyxl
from PIL import Image

ONE = "0b8f5f0e-3a51-4c1d-9a6e-1f6a2a8f0001"
TWO = "0b8f5f0e-3a51-4c1d-9a6e-1f6a2a8f0002"
THREE = "0b8f5f0e-3a51-4c1d-9a6e-1f6a2a8f0003"
ANSWERS = (
    "commune", "item", "at", "inspector", "claimed_construction_pct", "observed_construction_pct",
    "claimed_clearance_pct", "observed_clearance_pct", "observed_handed_ha", "works",
    "problem_category", "problem", "note",
)  # fmt: skip


@dataclass(frozen=True)
class Made:
    """A visit to be exported: its answers by the form's names, its position, its photos."""

    uuid: str
    answers: dict[str, str]
    place: tuple[str, str, str, str] = ("20.8500", "106.7200", "0", "6.5")
    photos: tuple[tuple[str, str], ...] = ()
    files: dict[str, bytes] = field(default_factory=dict)


def made(uuid: str = ONE, item: str = "KP-19", *, photos: int = 0, **answers: str) -> Made:
    """Return a visit of a project in the first quarter's list, seen two days ago."""
    told = {
        "commune": "11413",
        "item": item,
        "at": "2026-11-20T08:30:00.000+07:00",
        "inspector": "Nguyễn Văn Đo",
        "claimed_construction_pct": "43",
        "observed_construction_pct": "25.5",
        "works": "Đang đóng cọc mố A1",
        "problem_category": "none",
        **answers,
    }
    names = tuple((f"{uuid[-4:]}-{at}.jpg", f"Ảnh {at}") for at in range(photos))
    files = {name: photo(at) for at, (name, _) in enumerate(names)}
    return Made(uuid, told, photos=names, files=files)


@cache
def photo(shade: int = 0) -> bytes:
    """Return a small JPEG; every shade is another file."""
    out = io.BytesIO()
    Image.new("RGB", (64, 48), (40 * shade % 255, 90, 120)).save(out, "JPEG")
    return out.getvalue()


def central_tables(visits: list[Made]) -> dict[str, str]:
    """Return the two tables that ODK Central writes, by file name."""
    head = [
        "SubmissionDate", "start", "end", "username", *ANSWERS[:4], "place-Latitude",
        "place-Longitude", "place-Altitude", "place-Accuracy", *ANSWERS[4:], "meta-instanceID",
        "KEY", "SubmitterID", "SubmitterName", "AttachmentsPresent", "AttachmentsExpected",
        "Status", "ReviewState", "DeviceID", "Edits", "FormVersion",
    ]  # fmt: skip
    rows = [
        ["2026-11-20T02:00:00Z", "", "", "", *(one.answers.get(name, "") for name in ANSWERS[:4]),
         *one.place, *(one.answers.get(name, "") for name in ANSWERS[4:]), f"uuid:{one.uuid}",
         f"uuid:{one.uuid}", "5", "Đội 1", "0", "0", "", "", "collect:x", "0", "1-x"]
        for one in visits
    ]  # fmt: skip
    photos = [
        [name, caption, f"uuid:{one.uuid}", f"uuid:{one.uuid}/photos[{at}]"]
        for one in visits
        for at, (name, caption) in enumerate(one.photos, 1)
    ]
    return {
        "hpmap_visit.csv": as_csv([head, *rows]),
        "hpmap_visit-photos.csv": as_csv([["picture", "caption", "PARENT_KEY", "KEY"], *photos]),
    }


def central_zip(
    visits: list[Made], *, media: bool = True, more: dict[str, bytes] | None = None
) -> bytes:
    """Return the zip that ODK Central exports: tables, and photos under ``media/``."""
    files = {name: text.encode() for name, text in central_tables(visits).items()}
    if media:
        for one in visits:
            files |= {f"media/{name}": data for name, data in one.files.items()}
    return zipped(files | (more or {}))


def instance_xml(one: Made) -> str:
    """Return the XML instance that ODK Collect keeps."""
    answers = "".join(f"<{name}>{escape(text)}</{name}>" for name, text in one.answers.items())
    photos = "".join(
        f"<photos><picture>{escape(name)}</picture><caption>{escape(caption)}</caption></photos>"
        for name, caption in one.photos
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>'
        '<data xmlns:orx="http://openrosa.org/xforms" id="hpmap_visit" version="1-x">'
        f"{answers}<place>{' '.join(one.place)}</place>{photos}"
        f"<orx:meta><orx:instanceID>uuid:{one.uuid}</orx:instanceID></orx:meta></data>"
    )


def collect_zip(visits: list[Made]) -> bytes:
    """Return the folder of instances of ODK Collect as a zip: photos lie beside their XML."""
    files: dict[str, bytes] = {}
    for one in visits:
        folder = f"instances/{one.uuid}"
        files[f"{folder}/{one.uuid}.xml"] = instance_xml(one).encode()
        files |= {f"{folder}/{name}": data for name, data in one.files.items()}
    return zipped(files)


def kobo_rows(visits: list[Made]) -> tuple[list[list[object]], list[list[object]]]:
    """Return the two sheets of Kobo's workbook, values and headers as XML."""
    head: list[object] = [
        "start", "end", "username", *ANSWERS[:4], "place", "_place_latitude", "_place_longitude",
        "_place_altitude", "_place_precision", *ANSWERS[4:], "__version__", "_id", "_uuid",
        "_submission_time", "_index",
    ]  # fmt: skip
    rows = [
        ["", "", "", *(one.answers.get(name, "") for name in ANSWERS[:4]), " ".join(one.place),
         *one.place, *(_cell(one.answers.get(name, "")) for name in ANSWERS[4:]), "v1", at,
         one.uuid, "2026-11-20T02:00:00", at]
        for at, one in enumerate(visits, 1)
    ]  # fmt: skip
    photo_head: list[object] = [
        "picture", "picture_URL", "caption", "_index", "_parent_table_name", "_parent_index",
        "_submission__id", "_submission__uuid",
    ]  # fmt: skip
    photos = [
        [name, f"https://kobo.invalid/{name}", caption, at, "hpmap", at, at, one.uuid]
        for at, one in enumerate(visits, 1)
        for name, caption in one.photos
    ]
    return [head, *rows], [photo_head, *photos]


def kobo_xlsx(visits: list[Made]) -> bytes:
    """Return Kobo's workbook."""
    book = openpyxl.Workbook()
    for at, rows in enumerate(kobo_rows(visits)):
        sheet = book.active if at == 0 else book.create_sheet("photos")
        for row in rows:
            sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def kobo_csv(visits: list[Made]) -> bytes:
    """Return Kobo's CSV: semicolons, everything quoted, no photos."""
    return as_csv(kobo_rows(visits)[0], delimiter=";", quoting=csv.QUOTE_ALL).encode()


def kobo_media(visits: list[Made]) -> bytes:
    """Return Kobo's package of attachments: a folder for every submission."""
    return zipped(
        {
            f"team/attachments/f00/{one.uuid}/{name}": data
            for one in visits
            for name, data in one.files.items()
        }
    )


def zipped(files: dict[str, bytes]) -> bytes:
    """Return files as a zip."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in files.items():
            package.writestr(name, data)
    return out.getvalue()


def as_csv(rows: list[list[object]], **form: object) -> str:
    """Return rows as CSV."""
    out = io.StringIO(newline="")
    csv.writer(out, **form).writerows(rows)
    return out.getvalue()


def _cell(text: str) -> object:
    """Return a number as the number that Kobo's workbook holds."""
    try:
        return float(text)
    except ValueError:
        return text
