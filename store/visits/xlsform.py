"""The visit as an XLSForm: what teams that use ODK or Kobo load into their own server.

The form holds the items that its maker may record visits of, each with its communes and with what
the reports say of it, so that an inspector without a connection sees the claim beside the question.
"""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, Final

import openpyxl
import pandas as pd
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from geo.i18n import LANGUAGES, load_catalogue, t
from reports.model.schema import CLEARANCE_CATEGORIES
from reports.odk.fields import FORM_ID, NO_COMMUNE, NO_PROBLEM
from store.column_values import iterate_rows, list_rows
from store.db.errors import StoreError
from store.facts.item_snapshot import build_item_snapshot
from store.visits.quality_flags import load_field_limits

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from openpyxl.worksheet.worksheet import Worksheet

    from store.facts.facts import Facts
    from store.users.users import User

FORM_FILE: Final = "mau-kiem-tra-hien-truong.xlsx"
FORM_VERSION: Final = "1"
"""Of the questions; the whole version also names the facts that the lists are made of."""

LANGUAGE_NAMES: Final = {"vi": "Tiếng Việt (vi)", "en": "English (en)"}
_MAX_PIXELS: Final = 1600
_SHARE: Final = ". >= 0 and . <= 100"
_SURVEY: Final = (
    "type", "name", "required", "relevant", "constraint", "calculation", "trigger",
    "choice_filter", "appearance", "parameters", "default",
)  # fmt: skip
_CHOICES: Final = ("list_name", "name", "communes", "construction", "clearance")
_TEXTS: Final = ("label", "hint", "constraint_message", "required_message")
_ILLEGAL: Final = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufffe\uffff]"
)
_LIVE: Final = re.compile(r"\$(?=\{)|<|\](?=\()")
_JOINER: Final = "\u2060"


def make_visit_form(facts: Facts, user: User) -> bytes:
    """Return the form as a workbook (.xlsx): sheets ``survey``, ``choices`` and ``settings``.

    Its lists hold the items of ``facts`` (narrowed already to what the user may read) that lie
    where the user may write. The version changes whenever the lists or the questions do. Raises
    ``StoreError`` where there are no such items.
    """
    book = openpyxl.Workbook()
    survey = book.active
    survey.title = "survey"
    _fill_sheet(survey, (*_SURVEY, *_add_languages(_TEXTS)), _make_questions())
    items = _list_items(facts, user)
    if not items:
        raise StoreError(t("odk.form.no_items"))
    choices = [*_list_communes(facts, user), *items, *_list_problems()]
    _fill_sheet(book.create_sheet("choices"), (*_CHOICES, *_add_languages(("label",))), choices)
    settings = {
        "form_title": t("odk.form.title"),
        "form_id": FORM_ID,
        "version": compute_form_version(facts),
        "default_language": LANGUAGE_NAMES["vi"],
        "instance_name": "concat(${item}, ' ', ${at})",
    }
    _fill_sheet(book.create_sheet("settings"), tuple(settings), [settings])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def has_form_items(facts: Facts, user: User) -> bool:
    """Return whether there is any item to make a form of."""
    return bool(_list_items(facts, user))


def compute_form_version(facts: Facts) -> str:
    """Return the form's version: that of the questions and that of the facts in its lists."""
    return f"{FORM_VERSION}-{facts.version}"


def _make_questions() -> list[dict[str, str]]:
    limits = load_field_limits()
    near = f"{limits.max_accuracy_m:g}"
    position = f"capture-accuracy={near} warning-accuracy={near}"
    reported = "instance('item')/root/item[name=${item}]/"
    return [
        {"type": "start", "name": "start"},
        {"type": "end", "name": "end"},
        {"type": "username", "name": "username"},
        _make_question(
            "select_one commune", "commune", required="yes", appearance="minimal autocomplete"
        ),
        _make_question(
            "select_one item",
            "item",
            required="yes",
            choice_filter="selected(communes, ${commune})",
            appearance="minimal autocomplete",
        ),
        {
            "type": "calculate",
            "name": "reported_construction",
            "calculation": f"{reported}construction",
        },
        {"type": "calculate", "name": "reported_clearance", "calculation": f"{reported}clearance"},
        _make_question("note", "reported", relevant="${item} != ''"),
        _make_question(
            "dateTime",
            "at",
            required="yes",
            fault="not_future",
            default="now()",
            constraint=". <= now()",
        ),
        _make_question("text", "inspector", required="yes"),
        _make_question("geopoint", "place", parameters=position, limit=near),
        _make_claim_question("construction"),
        _make_question("decimal", "observed_construction_pct", fault="share", constraint=_SHARE),
        _make_claim_question("clearance"),
        _make_question("decimal", "observed_clearance_pct", fault="share", constraint=_SHARE),
        _make_question("decimal", "observed_handed_ha", fault="negative", constraint=". >= 0"),
        _make_question("text", "works", appearance="multiline"),
        _make_question("select_one problem", "problem_category", default=NO_PROBLEM),
        _make_question(
            "text",
            "problem",
            required="yes",
            relevant=f"${{problem_category}} != '' and ${{problem_category}} != '{NO_PROBLEM}'",
            appearance="multiline",
        ),
        _make_question("text", "note", appearance="multiline"),
        _make_question("begin_repeat", "photos", limit=str(limits.max_photos_per_visit)),
        _make_question("image", "picture", parameters=f"max-pixels={_MAX_PIXELS}"),
        _make_question("text", "caption"),
        {"type": "end_repeat", "name": "photos"},
    ]


def _make_claim_question(measure: str) -> dict[str, str]:
    """Return the question of a claim: filled in from the reports once the item is chosen."""
    return _make_question(
        "decimal",
        f"claimed_{measure}_pct",
        fault="share",
        constraint=_SHARE,
        calculation=f"${{reported_{measure}}}",
        trigger="${item}",
    )


def _make_question(
    kind: str, name: str, *, fault: str = "", limit: str = "", **more: str
) -> dict[str, str]:
    """Return a question with its texts in both languages; ``fault`` names what its bounds say."""
    row = {"type": kind, "name": name, **more}
    texts = {"label": f"odk.label.{name}", "hint": f"odk.hint.{name}"}
    if fault:
        texts["constraint_message"] = f"odk.form.{fault}"
    if "required" in more:
        texts["required_message"] = "odk.form.required"
    for language in LANGUAGES:
        for text, key in texts.items():
            if key in load_catalogue(language):
                values = {"limit": limit} if limit else {}
                row[_name_column(text, language)] = t(key, language, **values)
    return row


def _list_communes(facts: Facts, user: User) -> list[dict[str, str]]:
    """Return the communes that the user may write in, and one for items without a place."""
    rows = [
        {
            "list_name": "commune",
            "name": str(row.code),
            _name_column("label", "vi"): _escape_text(row.name),
            _name_column("label", "en"): _escape_text(row.name_en),
        }
        for row in iterate_rows(facts.communes)
        if user.scope is None or row.code in user.scope
    ]
    if user.scope is None:
        rows.append(_make_choice("commune", NO_COMMUNE, "odk.form.no_commune"))
    return rows


def _list_items(facts: Facts, user: User) -> list[dict[str, str]]:
    period = str(facts.periods["period"].iloc[-1]) if len(facts.periods) else ""
    known = build_item_snapshot(facts, period, as_approved=False)
    known = known[known["listed"]]
    rows = []
    for row in list_rows(known[["item", "name", "communes", "construction", "clearance"]]):
        codes = [code for code in row["communes"] if user.scope is None or code in user.scope]
        if not codes and (row["communes"] or user.scope is not None):
            continue
        label = _escape_text(f"{row['item']} – {row['name']}")
        rows.append(
            {
                "list_name": "item",
                "name": str(row["item"]),
                "communes": " ".join(codes) or NO_COMMUNE,
                "construction": _format_number(row["construction"]),
                "clearance": _format_number(row["clearance"]),
                **{_name_column("label", language): label for language in LANGUAGES},
            }
        )
    return rows


def _list_problems() -> list[dict[str, str]]:
    first = _make_choice("problem", NO_PROBLEM, "odk.form.no_problem")
    return [
        first,
        *(
            _make_choice("problem", name, f"layers.obstacle.{name}")
            for name in CLEARANCE_CATEGORIES
        ),
    ]


def _make_choice(list_name: str, name: str, key: str) -> dict[str, str]:
    labels = {_name_column("label", language): t(key, language) for language in LANGUAGES}
    return {"list_name": list_name, "name": name, **labels}


def _format_number(value: object) -> str:
    return "" if pd.isna(value) else f"{float(str(value)):g}"


def _escape_text(text: object) -> str:
    """Return a text of the facts as a form may hold it: no reference, no markup, no formula.

    pyxform takes ``${…}`` for another question, ODK Collect and Enketo take links and tags for
    markup: a joiner that nobody sees parts their signs.
    """
    return _LIVE.sub(lambda match: match[0] + _JOINER, _ILLEGAL.sub(" ", str(text))).strip()


def _name_column(text: str, language: str) -> str:
    return f"{text}::{LANGUAGE_NAMES[language]}"


def _add_languages(texts: Sequence[str]) -> tuple[str, ...]:
    return tuple(_name_column(text, language) for text in texts for language in LANGUAGES)


def _fill_sheet(sheet: Worksheet, header: Sequence[str], rows: Sequence[Mapping[str, str]]) -> None:
    """Write rows as text, column by column; what begins with = is text too, never a formula."""
    for column, name in enumerate(header, 1):
        sheet.cell(1, column, name).font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(column)].width = 24
        for row_number, row in enumerate(rows, 2):
            if row.get(name):
                cell = sheet.cell(row_number, column)
                cell.value = row[name]
                cell.data_type = "s"
    sheet.freeze_panes = "A2"
