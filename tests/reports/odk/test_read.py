"""All exports of the same visits read the same; what is wrong is named, what is hostile refused."""

from __future__ import annotations

import csv
import dataclasses
import io
from datetime import UTC, datetime

import pytest

from reports.model.errors import ReportError, ReportLimitError
from reports.odk.answers import parse_visit_id, read_answers
from reports.odk.read import read_submissions
from reports.odk.submission import OdkLimits
from tests.hostile import HOSTILE_TEXTS
from tests.odk_exports import (
    ONE,
    THREE,
    TWO,
    central_tables,
    central_zip,
    collect_zip,
    instance_xml,
    kobo_csv,
    kobo_media,
    kobo_xlsx,
    made,
    photo,
    zipped,
)

NOW = datetime(2026, 11, 25, tzinfo=UTC)
VISITS = [
    made(ONE, photos=2),
    made(TWO, "KP-20", observed_handed_ha="1.25", problem_category="land_price", problem="Giá đất"),
    made(THREE, note='=HYPERLINK("http://evil.invalid")', photos=1),
]
EXPORTS = {
    "central": [("xuat.zip", central_zip(VISITS))],
    "collect": [("instances.zip", collect_zip(VISITS))],
    "kobo": [("kobo.xlsx", kobo_xlsx(VISITS)), ("media.zip", kobo_media(VISITS))],
    "xml": [(f"{one.uuid}.xml", instance_xml(one).encode()) for one in VISITS],
    "tables": [(name, text.encode()) for name, text in central_tables(VISITS).items()],
}


@pytest.mark.parametrize("name", EXPORTS)
def test_every_export_of_the_same_visits_reads_the_same(name: str) -> None:
    found = read_submissions(EXPORTS[name])
    read = {}
    for one in found.rows:
        visit, wrongs = read_answers(one, NOW)
        assert wrongs == []
        assert visit is not None
        read[visit.visit] = (visit, [(p.name, p.caption) for p in one.photos])
    assert sorted(read) == [ONE, TWO, THREE]
    first, photos = read[ONE]
    assert first.item == "KP-19"
    assert first.at == "2026-11-20T01:30:00+00:00"
    assert first.inspector == "Nguyễn Văn Đo"
    assert (first.claimed_construction_pct, first.observed_construction_pct) == (43, 25.5)
    assert first.observed_clearance_pct is None
    assert (first.lat, first.lon, first.accuracy_m) == (20.85, 106.72, 6.5)
    assert photos == list(VISITS[0].photos)
    assert read[TWO][0].observed_handed_ha == 1.25
    assert read[TWO][0].problem_category == "land_price"
    assert read[THREE][0].note == '=HYPERLINK("http://evil.invalid")'


@pytest.mark.parametrize("name", ["central", "collect", "kobo"])
def test_photos_are_found_beside_their_visit(name: str) -> None:
    found = read_submissions(EXPORTS[name])
    for one in found.rows:
        for at, shot in enumerate(one.photos):
            paths = found.media.find(shot.name, one.folder, parse_visit_id(one.instance))
            assert len(paths) == 1
            assert found.media.read(paths[0]) == photo(at)


def test_photos_of_one_name_are_told_apart_by_their_folder() -> None:
    files = {f"instances/{uuid}/x.jpg": photo(at) for at, uuid in enumerate((ONE, TWO))}
    found = read_submissions([("a.zip", zipped(files)), ("k.csv", kobo_csv(VISITS))])
    assert len(found.media.find("x.jpg")) == 2
    (path,) = found.media.find("x.jpg", "", TWO)
    assert found.media.read(path) == photo(1)


def test_kobos_csv_reads_too_without_photos() -> None:
    found = read_submissions([("kobo.csv", kobo_csv(VISITS))])
    assert [parse_visit_id(one.instance) for one in found.rows] == [ONE, TWO, THREE]
    assert not found.unused


@pytest.mark.parametrize(
    ("answers", "column", "key"),
    [
        ({"item": ""}, "item", "empty"),
        ({"item": "a b"}, "item", "bad_code"),
        ({"item": "x" * 81}, "item", "bad_code"),
        ({"inspector": ""}, "inspector", "empty"),
        ({"inspector": "x" * 121}, "inspector", "too_long"),
        ({"at": "hôm qua"}, "at", "bad_moment"),
        ({"at": "2031-01-01T00:00:00Z"}, "at", "wrong_moment"),
        ({"at": "1970-01-01T00:00:00Z"}, "at", "wrong_moment"),
        ({"at": "0001-01-01T00:00:00+07:00"}, "at", "bad_moment"),
        ({"observed_construction_pct": "100.5"}, "observed_construction_pct", "out_of_bounds"),
        ({"observed_construction_pct": "-1"}, "observed_construction_pct", "out_of_bounds"),
        ({"observed_construction_pct": "12,5"}, "observed_construction_pct", "comma"),
        ({"observed_construction_pct": "nan"}, "observed_construction_pct", "bad_number"),
        ({"observed_construction_pct": "1e99"}, "observed_construction_pct", "out_of_bounds"),
        ({"observed_construction_pct": "٣"}, "observed_construction_pct", "bad_number"),
        ({"observed_handed_ha": "-0.1"}, "observed_handed_ha", "out_of_bounds"),
        ({"problem_category": "wizardry"}, "problem_category", "bad_category"),
    ],
)
def test_a_wrong_answer_is_named_with_its_row_and_column(
    answers: dict[str, str], column: str, key: str
) -> None:
    found = read_submissions([("v.zip", central_zip([VISITS[1], made(ONE, **answers)]))])
    assert read_answers(found.rows[0], NOW)[1] == []
    (wrong,) = read_answers(found.rows[1], NOW)[1]
    assert (wrong.file, wrong.row, wrong.column, wrong.key) == ("hpmap_visit.csv", 3, column, key)
    for language in ("vi", "en"):
        assert "hpmap_visit.csv" in wrong.text(language)
        assert column in wrong.text(language)


def test_what_would_be_lost_in_silence_is_told() -> None:
    visits = [
        made(ONE, problem_category="land_price"),
        dataclasses.replace(made(TWO), photos=(("x.jpg", "y" * 401),)),
        made(THREE),
    ]
    tables = central_tables(visits)
    lines = tables["hpmap_visit.csv"].splitlines()
    lines[3] = lines[3].replace(",0,0,,,", ",0,0,,rejected,")
    uploads = [
        ("v.csv", "\n".join(lines).encode()),
        ("p.csv", tables["hpmap_visit-photos.csv"].encode()),
    ]
    keys = [
        [(wrong.column, wrong.key) for wrong in read_answers(one, NOW)[1]]
        for one in read_submissions(uploads).rows
    ]
    assert keys == [
        [("problem", "problem_unsaid")],
        [("caption", "too_long")],
        [("ReviewState", "rejected")],
    ]


def test_briefcase_names_photos_with_their_folder() -> None:
    visit = made(ONE, photos=1)
    told = dataclasses.replace(visit, photos=(("media/0001-0.jpg", ""),))
    (one,) = read_submissions([("b.zip", central_zip([told]))]).rows
    assert [shot.name for shot in one.photos] == ["0001-0.jpg"]


@pytest.mark.parametrize("place", [("91", "106", "", ""), ("20.8", "", "", ""), ("x", "y", "", "")])
def test_half_a_position_or_one_off_the_earth_is_wrong(place: tuple[str, str, str, str]) -> None:
    visit = made(ONE)
    told = type(visit)(ONE, visit.answers, place=place)
    (wrong,) = read_answers(read_submissions([("v.zip", central_zip([told]))]).rows[0], NOW)[1]
    assert (wrong.column, wrong.key) == ("place", "bad_place")


@pytest.mark.parametrize("instance", ["", "uuid:not-one", "1", "uuid:" + "a" * 500])
def test_a_visit_without_an_id_cannot_be_told_from_another(instance: str) -> None:
    text = central_tables([made(ONE)])["hpmap_visit.csv"].replace(f"uuid:{ONE}", instance)
    (one,) = read_submissions([("v.csv", text.encode())]).rows
    assert [wrong.column for wrong in read_answers(one, NOW)[1]] == ["instanceID"]


def test_a_photo_without_its_visit_is_told() -> None:
    tables = central_tables([made(ONE, photos=1)])
    tables["hpmap_visit-photos.csv"] = tables["hpmap_visit-photos.csv"].replace(ONE, TWO)
    found = read_submissions([(name, text.encode()) for name, text in tables.items()])
    assert len(found.rows) == 2
    assert [wrong.key for wrong in found.rows[1].wrongs] == ["photo_without_visit"]


def test_a_row_with_more_cells_than_headings_is_told() -> None:
    text = central_tables([made(ONE)])["hpmap_visit.csv"].rstrip("\r\n") + ",thừa\r\n"
    (one,) = read_submissions([("v.csv", text.encode())]).rows
    assert [wrong.key for wrong in one.wrongs] == ["cells"]


def read_one(text: str, encoding: str = "utf-8") -> tuple[object, list[str]]:
    (one,) = read_submissions([("v.csv", text.encode(encoding))]).rows
    visit, wrongs = read_answers(one, NOW)
    return visit, [wrong.key for wrong in (*one.wrongs, *wrongs)]


def make_usual() -> list[list[str]]:
    text = central_tables([made(ONE)])["hpmap_visit.csv"]
    return list(csv.reader(io.StringIO(text, newline="")))


def write_rows(rows: list[list[str]], delimiter: str = ",", before: str = "") -> str:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter, lineterminator="\r\n").writerows(rows)
    return before + out.getvalue()


@pytest.mark.parametrize(
    "group", ["kiem_tra.", "kiem_tra/", "a.b.", "a/b/", "kiem_tra:", "kiem-tra-"]
)
@pytest.mark.parametrize(
    ("delimiter", "before", "encoding"),
    [
        (",", "", "utf-8"),
        (";", "", "utf-8-sig"),
        (";", "sep=;\r\n", "utf-8"),
        (";", "sep=;\r\n", "utf-8-sig"),
        (",", '"sep=,"\r\n', "utf-8-sig"),
        ("\t", "SEP=\t\r\n", "utf-16"),
    ],
)
def test_exports_as_people_have_them_read_the_same(
    group: str, delimiter: str, before: str, encoding: str
) -> None:
    rows = make_usual()
    usual = read_one(write_rows(rows))
    assert usual[1] == []
    # Central parts groups by "-" and the position's parts by it; Kobo by what was chosen.
    end = rows[0].index("meta-instanceID")
    rows[0] = [
        f"{group}{heading.replace('-', group[-1])}" if 4 <= at < end else heading
        for at, heading in enumerate(rows[0])
    ]
    assert read_one(write_rows(rows, delimiter, before), encoding) == usual


def test_two_columns_of_one_name_fill_gaps_and_never_contradict() -> None:
    rows = make_usual()
    usual = read_one(write_rows(rows))
    at = rows[0].index("works")
    for first, second, expected in (
        ("Đang đóng cọc mố A1", "", usual),
        ("", "Đang đóng cọc mố A1", usual),
        ("Đang đóng cọc mố A1", "Đang đóng cọc mố A1", usual),
    ):
        twice = [[*row, row[at]] for row in rows]
        twice[0][-1] = "nhom_2/works"
        twice[1][at], twice[1][-1] = first, second
        assert read_one(write_rows(twice)) == expected
    twice[1][-1] = "Đổ bê tông"
    assert "two_columns" in read_one(write_rows(twice))[1]


def test_the_row_named_is_that_of_the_file() -> None:
    rows = make_usual()
    rows[1][rows[0].index("item")] = "không phải mã!"
    (one,) = read_submissions([("v.csv", write_rows(rows, ";", "sep=;\r\n").encode())]).rows
    assert one.row == 3


def test_columns_that_nothing_is_read_from_are_named() -> None:
    text = central_tables([made(ONE)])["hpmap_visit.csv"].replace("DeviceID", "Màu sơn")
    assert read_submissions([("v.csv", text.encode())]).unused == {"v.csv": ("Màu sơn",)}


@pytest.mark.parametrize("text", HOSTILE_TEXTS)
def test_hostile_texts_stay_text(text: str) -> None:
    visits = [made(ONE, works=text, inspector=text[:100], note=text)]
    for name, export in (("central", central_zip(visits)), ("kobo", kobo_csv(visits))):
        (one,) = read_submissions([(name, export)]).rows
        visit, wrongs = read_answers(one, NOW)
        assert wrongs == []
        assert visit is not None
        assert visit.works == text.replace("\0", "").strip()


HOSTILE_FILES = {
    "empty": b"",
    "nothing": b"   \n",
    "not_visits": b"a,b\n1,2\n",
    "labels": "Dự án,Thời điểm kiểm tra\nKP-19,x\n".encode(),
    "damaged_zip": b"PK\x03\x04 not a zip",
    "damaged_xml": b"<data><item>KP-19</data>",
    "not_an_instance": b"<data><x>1</x></data>",
    "doctype": b'<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]><data><item>&x;</item></data>',
    "laughs": b'<!DOCTYPE d [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><data><item>&b;</item></data>',
    "deep": b"<a>" * 50_000,
    "slip": zipped({"../../etc/x.csv": b"item,KEY\n"}),
    "slip_windows": zipped({"..\\x.csv": b"item,KEY\n"}),
    "absolute": zipped({"/etc/x.csv": b"item,KEY\n"}),
    "drive": zipped({"C:/x.csv": b"item,KEY\n"}),
    "bomb": zipped({"media/x.jpg": b"\0" * 50_000_000, "v.csv": b"item,KEY\n"}),
    "entity_in_zip": zipped({"i/a.xml": b'<!DOCTYPE d [<!ENTITY x "y">]><data/>'}),
    "photos_only": photo(),
    "quote": b'item,KEY\n"never closed,' + b"x" * 200_000,
}


@pytest.mark.parametrize("name", HOSTILE_FILES)
def test_a_hostile_or_foreign_file_is_refused_in_words(name: str) -> None:
    with pytest.raises(ReportError) as refused:
        read_submissions([(f"{name}.zip", HOSTILE_FILES[name])])
    assert len(str(refused.value)) > 20
    assert "{" not in str(refused.value)


@pytest.mark.parametrize(
    "limits",
    [
        OdkLimits(max_upload_mb=0.0001),
        OdkLimits(max_rows=2),
        OdkLimits(max_photos=2),
        OdkLimits(max_cells=50),
        OdkLimits(max_files=2),
        OdkLimits(max_uncompressed_mb=0.0001),
    ],
)
def test_more_than_the_limits_is_refused(limits: OdkLimits) -> None:
    with pytest.raises(ReportLimitError):
        read_submissions(EXPORTS["central"], limits)


def test_an_instance_larger_than_a_visit_is_refused() -> None:
    data = instance_xml(made(ONE, note="x" * 2_000)).encode()
    with pytest.raises(ReportLimitError):
        read_submissions([("a.xml", data)], OdkLimits(max_xml_mb=0.001))
