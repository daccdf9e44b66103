"""The outlook in words: an estimate of the program with its reasons, and always called one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from geo.i18n import DEFAULT_LANGUAGE, day, number, percent, t
from layers.labels.statement_labels import field_label, name_text
from store.analysis.milestone_forecast import outlook
from store.facts.labels import quantity, when_text, word

if TYPE_CHECKING:
    from store.analysis.milestone_forecast import Outlook
    from store.analysis.milestone_forecast_rule import Reason
    from store.facts.facts import Facts
    from store.facts.sources import Source


@dataclass(frozen=True)
class ReasonLine:
    """One reason in a sentence, what it adds to the estimate (``+2``, ``0``), and its sources."""

    sentence: str
    points: str
    sources: tuple[Source, ...]


@dataclass(frozen=True)
class OutlookLine:
    """One project's outlook: ``outlook`` is ``likely``, ``at_risk``, ``unlikely`` or ``unknown``.

    ``sentence`` says milestone, time and class; ``disclaimer`` that this is the program's estimate,
    to be shown wherever the class is.
    """

    item: str
    title: str
    outlook: str
    label: str
    sentence: str
    reasons: tuple[ReasonLine, ...]
    sources: tuple[Source, ...]
    disclaimer: str
    investment_mvnd: int | None


def outlook_lines(
    facts: Facts, period: str, *, language: str = DEFAULT_LANGUAGE
) -> tuple[OutlookLine, ...]:
    """Return the outlook of every listed project that is not opened, by money."""
    return tuple(_line(one, language) for one in outlook(facts, period))


def _line(one: Outlook, language: str) -> OutlookLine:
    label = t(f"changes.outlook.{one.outlook}", language)
    reasons = tuple(
        ReasonLine(
            reason_sentence(reason, language),
            f"{reason.points:+d}" if reason.points else "0",
            reason.sources,
        )
        for reason in one.reasons
    )
    return OutlookLine(
        item=one.item,
        title=name_text(one.name, one.investment_mvnd, language),
        outlook=one.outlook,
        label=label,
        sentence=_sentence(one, label, language),
        reasons=reasons,
        sources=one.sources,
        disclaimer=t("changes.outlook.disclaimer", language),
        investment_mvnd=one.investment_mvnd,
    )


def _sentence(one: Outlook, label: str, language: str) -> str:
    if not one.milestone:
        return t("changes.outlook.no_milestone", language, label=label)
    return t(
        "changes.outlook.sentence",
        language,
        milestone=field_label(one.milestone, one.component, language),
        due=when_text(one.due, language),
        day=day(date.fromisoformat(one.due_day), language),
        label=label,
        known=one.known,
    )


def reason_sentence(reason: Reason, language: str = DEFAULT_LANGUAGE) -> str:
    """Return one reason in a sentence."""
    return t(
        f"changes.reason.{reason.code}",
        language,
        value=_value(reason, language),
        other=_other(reason, language),
    )


def _value(reason: Reason, language: str) -> str:
    if isinstance(reason.value, str):
        section = {"obstacle": "obstacle", "forecast": "forecast"}.get(reason.about, "status")
        return word(section, reason.value, language)
    if reason.value is None:
        return ""
    if reason.about in {"work", "plan", "land"}:
        return percent(reason.value, language)
    return number(reason.value, 0, language)


def _other(reason: Reason, language: str) -> str:
    if reason.other is None:
        return ""
    if reason.about == "work":
        return quantity(reason.other, language)
    return percent(reason.other, language)
