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

from geo.i18n import LANGUAGES, catalogue, t
from reports.model.schema import CLEARANCE_CATEGORIES
from reports.odk.fields import FORM_ID, NO_COMMUNE, NO_PROBLEM
from store.db.errors import StoreError
from store.facts.item_snapshot import known_at
from store.visits.quality_flags import field_limits

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


def visit_form(facts: Facts, user: User) -> bytes:
    """Return the form as a workbook (.xlsx): sheets ``survey``, ``choices`` and ``settings``.

    Its lists hold the items of ``facts`` (narrowed already to what the user may read) that lie
    where the user may write. The version changes whenever the lists or the questions do. Raises
    ``StoreError`` where there are no such items.
    """
    book = openpyxl.Workbook()
    survey = book.active
    survey.title = "survey"
    _fill(survey, (*_SURVEY, *_labelled(_TEXTS)), _questions())
    items = _items(facts, user)
    if not items:
        raise StoreError(t("odk.form.no_items"))
    choices = [*_communes(facts, user), *items, *_problems()]
    _fill(book.create_sheet("choices"), (*_CHOICES, *_labelled(("label",))), choices)
    settings = {
        "form_title": t("odk.form.title"),
        "form_id": FORM_ID,
        "version": form_version(facts),
        "default_language": LANGUAGE_NAMES["vi"],
        "instance_name": "concat(${item}, ' ', ${at})",
    }
    _fill(book.create_sheet("settings"), tuple(settings), [settings])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def form_has_items(facts: Facts, user: User) -> bool:
    """Return whether there is any item to make a form of."""
    return bool(_items(facts, user))


def form_version(facts: Facts) -> str:
    """Return the form's version: that of the questions and that of the facts in its lists."""
    return f"{FORM_VERSION}-{facts.version}"


def _questions() -> list[dict[str, str]]:
    limits = field_limits()
    near = f"{limits.max_accuracy_m:g}"
    position = f"capture-accuracy={near} warning-accuracy={near}"
    reported = "instance('item')/root/item[name=${item}]/"
    return [
        {"type": "start", "name": "start"},
        {"type": "end", "name": "end"},
        {"type": "username", "name": "username"},
        _ask("select_one commune", "commune", required="yes", appearance="minimal autocomplete"),
        _ask(
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
        _ask("note", "reported", relevant="${item} != ''"),
        _ask(
            "dateTime",
            "at",
            required="yes",
            fault="not_future",
            default="now()",
            constraint=". <= now()",
        ),
        _ask("text", "inspector", required="yes"),
        _ask("geopoint", "place", parameters=position, limit=near),
        _claimed("construction"),
        _ask("decimal", "observed_construction_pct", fault="share", constraint=_SHARE),
        _claimed("clearance"),
        _ask("decimal", "observed_clearance_pct", fault="share", constraint=_SHARE),
        _ask("decimal", "observed_handed_ha", fault="negative", constraint=". >= 0"),
        _ask("text", "works", appearance="multiline"),
        _ask("select_one problem", "problem_category", default=NO_PROBLEM),
        _ask(
            "text",
            "problem",
            required="yes",
            relevant=f"${{problem_category}} != '' and ${{problem_category}} != '{NO_PROBLEM}'",
            appearance="multiline",
        ),
        _ask("text", "note", appearance="multiline"),
        _ask("begin_repeat", "photos", limit=str(limits.max_photos_per_visit)),
        _ask("image", "picture", parameters=f"max-pixels={_MAX_PIXELS}"),
        _ask("text", "caption"),
        {"type": "end_repeat", "name": "photos"},
    ]


def _claimed(measure: str) -> dict[str, str]:
    """Return the question of a claim: filled in from the reports once the item is chosen."""
    return _ask(
        "decimal",
        f"claimed_{measure}_pct",
        fault="share",
        constraint=_SHARE,
        calculation=f"${{reported_{measure}}}",
        trigger="${item}",
    )


def _ask(kind: str, name: str, *, fault: str = "", limit: str = "", **more: str) -> dict[str, str]:
    """Return a question with its texts in both languages; ``fault`` names what its bounds say."""
    row = {"type": kind, "name": name, **more}
    texts = {"label": f"odk.label.{name}", "hint": f"odk.hint.{name}"}
    if fault:
        texts["constraint_message"] = f"odk.form.{fault}"
    if "required" in more:
        texts["required_message"] = "odk.form.required"
    for language in LANGUAGES:
        for text, key in texts.items():
            if key in catalogue(language):
                values = {"limit": limit} if limit else {}
                row[_column(text, language)] = t(key, language, **values)
    return row


def _communes(facts: Facts, user: User) -> list[dict[str, str]]:
    """Return the communes that the user may write in, and one for items without a place."""
    rows = [
        {
            "list_name": "commune",
            "name": str(row.code),
            _column("label", "vi"): _written(row.name),
            _column("label", "en"): _written(row.name_en),
        }
        for row in facts.communes.itertuples(index=False)
        if user.scope is None or row.code in user.scope
    ]
    if user.scope is None:
        rows.append(_worded("commune", NO_COMMUNE, "odk.form.no_commune"))
    return rows


def _items(facts: Facts, user: User) -> list[dict[str, str]]:
    period = str(facts.periods["period"].iloc[-1]) if len(facts.periods) else ""
    known = known_at(facts, period)
    known = known[known["listed"]]
    rows = []
    for row in known.to_dict("records"):
        codes = [code for code in row["communes"] if user.scope is None or code in user.scope]
        if not codes and (row["communes"] or user.scope is not None):
            continue
        label = _written(f"{row['item']} – {row['name']}")
        rows.append(
            {
                "list_name": "item",
                "name": str(row["item"]),
                "communes": " ".join(codes) or NO_COMMUNE,
                "construction": _number(row["construction"]),
                "clearance": _number(row["clearance"]),
                **{_column("label", language): label for language in LANGUAGES},
            }
        )
    return rows


def _problems() -> list[dict[str, str]]:
    first = _worded("problem", NO_PROBLEM, "odk.form.no_problem")
    return [
        first,
        *(_worded("problem", name, f"layers.obstacle.{name}") for name in CLEARANCE_CATEGORIES),
    ]


def _worded(list_name: str, name: str, key: str) -> dict[str, str]:
    labels = {_column("label", language): t(key, language) for language in LANGUAGES}
    return {"list_name": list_name, "name": name, **labels}


def _number(value: object) -> str:
    return "" if pd.isna(value) else f"{float(str(value)):g}"


def _written(text: object) -> str:
    """Return a text of the facts as a form may hold it: no reference, no markup, no formula.

    pyxform takes ``${…}`` for another question, ODK Collect and Enketo take links and tags for
    markup: a joiner that nobody sees parts their signs.
    """
    return _LIVE.sub(lambda found: found[0] + _JOINER, _ILLEGAL.sub(" ", str(text))).strip()


def _column(text: str, language: str) -> str:
    return f"{text}::{LANGUAGE_NAMES[language]}"


def _labelled(texts: Sequence[str]) -> tuple[str, ...]:
    return tuple(_column(text, language) for text in texts for language in LANGUAGES)


def _fill(sheet: Worksheet, header: Sequence[str], rows: Sequence[Mapping[str, str]]) -> None:
    """Write rows as text, column by column; what begins with = is text too, never a formula."""
    for column, name in enumerate(header, 1):
        sheet.cell(1, column, name).font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(column)].width = 24
        for at, row in enumerate(rows, 2):
            if row.get(name):
                cell = sheet.cell(at, column)
                cell.value = row[name]
                cell.data_type = "s"
    sheet.freeze_panes = "A2"
