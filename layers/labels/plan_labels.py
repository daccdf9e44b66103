"""What importing a report would do, in the words of its readers: no code of the program."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from geo.i18n import t
from layers.labels.field_labels import format_figure_value
from store.facts.labels import get_period_label, translate_word

if TYPE_CHECKING:
    import pandas as pd

    from store.facts.facts import Facts

_PLACE_KEY: Final = re.compile(r"\x1f|\s·\s|\|")


def describe_changes(diff: pd.DataFrame, facts: Facts, language: str) -> pd.DataFrame:
    """Return what changes against the period before, in words; the columns are those of a plan."""
    fields = diff["field"]
    return diff.assign(
        change=[t(f"imports.change.{kind}", language) for kind in diff["change"]],
        field=[translate_word("field", field, language) for field in fields],
        before=_format_values(fields, diff["before"], language),
        after=_format_values(fields, diff["after"], language),
        period_before=[get_period_label(facts, period, language) if period else ""
                       for period in diff["period_before"]],
    )  # fmt: skip


def describe_differences(differences: pd.DataFrame, facts: Facts, language: str) -> pd.DataFrame:
    """Return where reading and store differ, in words: fields, values, names of communes."""
    of_figures = differences["table"] == "observations"
    fields = differences["what"].where(of_figures, "")
    return differences.assign(
        what=[
            translate_word("field", what, language)
            if figure
            else _describe_slot(what, facts, language)
            for what, figure in zip(differences["what"], of_figures, strict=True)
        ],
        stored=[_name_commune(text, facts)
                for text in _format_values(fields, differences["stored"], language)],
        read=[_name_commune(text, facts)
              for text in _format_values(fields, differences["read"], language)],
    )  # fmt: skip


def _describe_slot(what: str, facts: Facts, language: str) -> str:
    """Return the parts of a row's key in words."""
    parts = [part for part in _PLACE_KEY.split(what) if part]
    shown = []
    for part in parts:
        word = next(
            (text for section in ("obstacle", "subject", "measure")
             if (text := translate_word(section, part, language)) != part),
            part,
        )  # fmt: skip
        shown.append(_name_commune(word, facts))
    return " · ".join(shown)


def _name_commune(text: str, facts: Facts) -> str:
    return facts.commune_names.get(text, text)


def _format_values(fields: pd.Series, values: pd.Series, language: str) -> list[str]:
    return [
        format_figure_value(field, value, language) if value else ""
        for field, value in zip(fields, values, strict=True)
    ]
