"""The program's words have texts in both languages, and numbers are written as Vietnamese does."""

import ast
from pathlib import Path

import pytest

from geo.i18n import LANGUAGES, load_catalogue
from reports.model.schema import (
    BASES,
    CERTAINTIES,
    CLEARANCE_CATEGORIES,
    FIELDS,
    FORECASTS,
    FUNDINGS,
    HOW_PLACED,
    ITEM_KINDS,
    OBSTACLE_CATEGORIES,
    PHASES,
    QUALIFIERS,
    STATUSES,
)
from reports.narrative.amounts import _SPANS
from reports.narrative.count_words import BY_THING, MEASURES, SUBJECTS, UNITS
from store.facts.clearance_problems import MAX_SEVERITY, SIGNS
from store.facts.facts import load_facts
from store.facts.labels import (
    format_iso_day,
    format_quantity,
    format_vnd,
    format_when,
    get_period_label,
    get_short_period_label,
    translate_word,
)
from tests.small_facts import small_facts

ROOT = Path(__file__).resolve().parents[3]
WORDS = {
    "kind": ITEM_KINDS,
    "funding": FUNDINGS,
    "phase": PHASES,
    "forecast": FORECASTS,
    "status": STATUSES,
    "obstacle": (*OBSTACLE_CATEGORIES, *CLEARANCE_CATEGORIES),
    "basis": BASES,
    "qualifier": tuple(word for word in QUALIFIERS if word != "exact"),
    "how": HOW_PLACED,
    "certainty": CERTAINTIES,
    "field": tuple(FIELDS),
    "sign": SIGNS,
    "severity_level": tuple(str(level) for level in range(1, MAX_SEVERITY + 1)),
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("section", WORDS)
def test_every_word_of_the_schema_has_a_text(section: str, language: str) -> None:
    texts = load_catalogue(language)
    assert [one for one in WORDS[section] if f"layers.{section}.{one}" not in texts] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_of_the_real_tables_has_a_text(language: str) -> None:
    facts, texts = load_facts(), load_catalogue(language)
    used = {
        "subject": facts.indicators["subject"],
        "measure": facts.indicators["measure"],
        "measure_unit": facts.indicators["unit"],
        "unit": facts.former_units["kind"],
        "commune_kind": facts.communes["kind"],
    }
    lacking = {
        f"layers.{section}.{one}"
        for section, words in used.items()
        for one in words.unique()
        if one and f"layers.{section}.{one}" not in texts
    }
    assert lacking - {"layers.measure_unit.million_vnd"} == set()


def calls(name: str) -> set[str]:
    """Return the first arguments, where they are written out, of all calls of a function."""
    found = set()
    for path in (ROOT / "layers").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.args:
                first = node.args[0]
                if node.func.id == name and isinstance(first, ast.Constant):
                    found.add(str(first.value))
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_that_the_layers_ask_for_is_there(language: str) -> None:
    texts = load_catalogue(language)
    assert {key for key in calls("t") if key.startswith("layers.") and key not in texts} == set()
    sections = {key.split(".")[1] for key in texts if key.startswith("layers.")}
    assert calls("word") <= sections


def test_both_languages_have_the_same_texts_with_the_same_gaps() -> None:
    def gaps(text: str) -> set[str]:
        return {part.split("}")[0] for part in text.split("{")[1:]}

    vi, en = load_catalogue("vi"), load_catalogue("en")
    for room in ("layers.", "reports."):
        mine = {key for key in vi if key.startswith(room)}
        assert mine == {key for key in en if key.startswith(room)}
        assert {key for key in mine if gaps(vi[key]) != gaps(en[key])} == set()


@pytest.mark.parametrize(
    ("when", "text"),
    [
        ("2026", "năm 2026"),
        ("2026-Q3", "quý III/2026"),
        ("2026-Q4", "quý IV/2026"),
        ("2026-05", "tháng 5/2026"),
        ("2026-05-07", "07/05/2026"),
    ],
)
def test_a_milestone_is_written_as_reports_write_it(when: str, text: str) -> None:
    assert format_when(when) == text


def test_numbers_are_written_as_vietnamese_does() -> None:
    assert format_vnd(12_792_640_000_000) == "12.792,6 tỷ đồng"
    assert format_quantity(13.07) == "13,07"
    assert format_quantity(1850.45) == "1.850,45"
    assert format_iso_day("2026-05-07") == "07/05/2026"
    assert format_iso_day("") == ""


def test_a_word_that_the_catalogue_lacks_is_shown_as_it_is() -> None:
    assert translate_word("kind", "airport") == "airport"
    assert translate_word("kind", "") == ""
    assert get_period_label(small_facts(), "2031-Q1") == "2031-Q1"
    assert get_period_label(small_facts(), "2026-Q1", "en") == "First quarter of 2026"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_count_that_a_reader_can_find_has_its_words(language: str) -> None:
    """What a report was read to count was once shown by the program's own names."""
    texts = load_catalogue(language)
    spans = [name for name, _ in _SPANS]
    measures = {name for name, _ in MEASURES} | {"done", "target", "disbursed"}
    measures |= {f"target_{span}" for span in spans}
    measures |= {f"done_{'to' if span == 'date' else 'in'}_{span}" for span in spans}
    subjects = {name for name, _ in SUBJECTS} | set(BY_THING.values())
    units = set(UNITS.values()) | {"project", "percent", "dwelling"}
    asked = {f"layers.measure.{name}" for name in measures}
    asked |= {f"layers.subject.{name}" for name in subjects}
    asked |= {f"layers.measure_unit.{name}" for name in units}
    assert sorted(asked - set(texts)) == []


@pytest.mark.parametrize(
    ("period", "vi", "en"),
    [
        ("2026-H1", "6 tháng đầu 2026", "H1 2026"),
        ("2026-H2", "6 tháng cuối 2026", "H2 2026"),
        ("2026-Q4", "Quý IV/2026", "Q4 2026"),
        ("2026-05", "Thông báo 5/2026", "Notice May 2026"),
        ("2026-01", "Chương trình 2026", "Programme 2026"),
        ("2025-11", "Tháng 11/2025", "November 2025"),
        ("nhiệm kỳ-H1", "nhiệm kỳ-H1", "nhiệm kỳ-H1"),
        ("2026-05-07", "2026-05-07", "2026-05-07"),
    ],
)
def test_a_quarter_has_a_name_of_a_few_letters_a_programme_its_own(
    period: str, vi: str, en: str
) -> None:
    facts = load_facts()
    assert get_short_period_label(facts, period) == vi
    assert get_short_period_label(facts, period, "en") == en
