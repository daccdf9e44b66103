"""``python -m store export``: the same bytes as the page gives, by the same filters."""

from pathlib import Path

import pytest

from geo import clock
from store.cli import main
from store.cli.export import export as export_command
from store.cli.export import filters_from_options, find_commune, find_district
from store.db.errors import ExportError
from store.exports import export
from store.exports.export import FORMATS
from store.facts.facts import load_facts
from store.facts.filters import Filters
from store.users.users import make_operator
from tests.store.exports.made import AT, KIM_THANH


class Clock:
    """Says one time only."""

    @staticmethod
    def now() -> object:
        """Return the time of the tests."""
        return clock.to_local_time(AT)


@pytest.mark.parametrize("format_name", FORMATS)
def test_the_bytes_are_those_of_the_page(
    format_name: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(export, "clock", Clock)
    words = ["--format", format_name, "--district", "huyện Kim Thành", "--actor", "an"]
    assert main.main(["export", str(tmp_path), *words]) == 0
    (file,) = tmp_path.iterdir()
    assert str(file) in capsys.readouterr().out
    page = export.make_export(
        load_facts(),
        Filters(district=KIM_THANH),
        format_name,
        make_operator("an"),
        at=clock.to_local_time(AT),
    )
    assert file.read_bytes() == page.content
    assert file.name == page.name


def test_without_a_format_the_tables_are_written_as_they_lie(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main.main(["export", str(tmp_path)]) == 0
    assert (tmp_path / "key_projects" / "observations.csv").exists()
    assert capsys.readouterr().out


def options(*words: str) -> dict[str, object]:
    return export_command.make_context("export", ["out", *words]).params


def test_every_filter_can_be_given() -> None:
    found = filters_from_options(
        load_facts(),
        options(
            "--period", "2026-H1", "--kind", "transport", "--kind", "key_project",
            "--funding", "ppp", "--phase", "ongoing", "--forecast", "not_reported",
            "--status", "paused", "--commune", "Xã Kim Thành", "--commune", "11560",
            "--district", "huyện kim thanh", "--text", "cầu  đường", "--own-only",
            "--leave-out-outlier",
        ),
    )  # fmt: skip
    assert found == Filters(
        period="2026-H1",
        kinds=("key_project", "transport"),
        fundings=("ppp",),
        phases=("ongoing",),
        forecasts=("not_reported",),
        statuses=("paused",),
        communes=("10804", "11560"),
        district=KIM_THANH,
        text="cầu đường",
        leave_out_outlier=True,
        carry=False,
    )


@pytest.mark.parametrize(
    ("asked", "unit"),
    [
        ("huyện Kim Thành", KIM_THANH),
        ("Kim Thành", KIM_THANH),
        ("KIM THANH", KIM_THANH),
        (KIM_THANH, KIM_THANH),
        ("quận An Dương", "hp.quan-an-duong"),
        ("Chí Linh", "hd.huyen-chi-linh"),
    ],
)
def test_a_district_is_found_by_its_name(asked: str, unit: str) -> None:
    assert find_district(load_facts(), asked) == unit


@pytest.mark.parametrize("asked", ["An Dương", "huyện Kim Than", "", "xã Kim Thành"])
def test_a_district_that_is_not_one_is_refused(asked: str) -> None:
    with pytest.raises(ExportError):
        find_district(load_facts(), asked)


def test_communes_told_apart_by_accents_only() -> None:
    facts = load_facts()
    assert find_commune(facts, "Xã Cẩm Giàng") == "10903"
    assert find_commune(facts, "Cẩm Giang") == "10888"
    with pytest.raises(ExportError, match="10888"):
        find_commune(facts, "cam giang")


@pytest.mark.parametrize(
    "words",
    [
        ["--format", "csv", "--period", "2031"],
        ["--format", "csv", "--commune", "nowhere"],
        ["--format", "csv", "--district", "An Dương"],
    ],
)
def test_what_there_is_not_is_refused(
    words: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main.main(["export", str(tmp_path), *words]) == 1
    assert capsys.readouterr().err.strip()
    assert list(tmp_path.iterdir()) == []


def test_a_file_in_the_way_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").write_text("")
    assert main.main(["export", str(tmp_path / "file"), "--format", "csv"]) == 1
    assert "file" in capsys.readouterr().err
