"""One value as a panel shows it: what it is called, what it says, where it stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from geo.i18n import DEFAULT_LANGUAGE, t
from store.facts.labels import format_observation, get_period_label
from store.facts.sources import Source, find_sources
from store.facts.values import NOT_COMPARABLE

if TYPE_CHECKING:
    import pandas as pd

    from store.facts.facts import Facts

ORDER: Final = (
    "status",
    "forecast",
    "investment_mvnd",
    "actual_construction_pct",
    "planned_construction_pct",
    "actual_clearance_pct",
    "planned_clearance_pct",
    "physical_done",
    "milestone_start",
    "milestone_inauguration",
    "milestone_finish",
    "obstacle",
    "obstacle_text",
    "asked_to_act",
    "lead",
    "request_text",
    "result_text",
    "planned_work",
    "area_ha",
    "land_payment_mvnd",
)


@dataclass(frozen=True)
class ValueLine:
    """One line of a panel; every text is in the reader's language.

    ``key`` is the field's program name. ``period`` is the period the value is from; ``carried``
    says that it is an earlier one than the one looked at, ``conflicted`` that reports differ on it
    (every differing value is a line of its own then). ``note`` says what to mind, such as a
    percentage of a phase only; ``remark`` is what was noted of the figure, in Vietnamese. The
    report's own words are in ``sources``.
    """

    key: str
    label: str
    value: str
    period: str
    period_label: str
    sources: tuple[Source, ...]
    carried: bool = False
    conflicted: bool = False
    note: str = ""
    remark: str = ""


def list_value_lines(
    facts: Facts, values: pd.DataFrame, *, language: str = DEFAULT_LANGUAGE
) -> tuple[ValueLine, ...]:
    """Return a line for every row of values (``compute_values_at``), in reading order.

    Rows without ``carried`` and ``conflicted`` (plain observations) count as neither.
    """
    ordered = sort_values_to_read(values)
    return tuple(_build_line(facts, row, language) for row in ordered.to_dict("records"))


def sort_values_to_read(values: pd.DataFrame) -> pd.DataFrame:
    """Return rows of values in reading order."""
    rank = {field: position for position, field in enumerate(ORDER)}
    return values.assign(_rank=values["field"].map(rank)).sort_values(
        ["_rank", "component", "basis", "period", "line_from"]
    )


def _build_line(facts: Facts, row: dict[str, object], language: str) -> ValueLine:
    field, component = str(row["field"]), str(row["component"])
    label = t(f"layers.field.{field}", language)
    if component:
        label = t("layers.value.component", language, label=label, component=component)
    period = str(row["period"])
    return ValueLine(
        key=field,
        label=label,
        value=format_observation(row, language),
        period=period,
        period_label=get_period_label(facts, period, language),
        sources=find_sources(facts, [str(row["obs"])]),
        carried=bool(row.get("carried", False)),
        conflicted=bool(row.get("conflicted", False)),
        note=format_basis_note(field, str(row["basis"]), language),
        remark=str(row["note"]),
    )


def format_basis_note(field: str, basis: str, language: str = DEFAULT_LANGUAGE) -> str:
    """Return what a percentage is a share of; '' for any other field, or where it is no question.

    Land is cleared or not: nobody asks of what a share of clearance is, unless a report says so.
    """
    taken_as_read = basis == "unstated" and field.endswith("clearance_pct")
    if not field.endswith("_pct") or not basis or taken_as_read:
        return ""
    note = t(f"layers.basis.{basis}", language)
    if basis in NOT_COMPARABLE:
        note = f"{note} {t('layers.value.not_comparable', language)}"
    return note
