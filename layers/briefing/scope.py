"""What the filters leave in, in a sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.i18n import t
from layers.words import word

if TYPE_CHECKING:
    from collections.abc import Iterable

    from layers.briefing.view import View


def scope_text(view: View) -> str:
    """Return what the briefing is about: the whole city, or what the filters choose."""
    told = list(_choices(view))
    return "; ".join(told) if told else view.t("scope.all")


def _choices(view: View) -> Iterable[str]:
    filters, language = view.filters, view.language
    for name, section in (
        ("kinds", "kind"),
        ("fundings", "funding"),
        ("phases", "phase"),
        ("forecasts", "forecast"),
        ("statuses", "status"),
    ):
        chosen = getattr(filters, name)
        if chosen:
            words = ", ".join(word(section, one, language) for one in chosen)
            yield f"{t(f'pages.filter.{name}', language)}: {words}"
    names = dict(zip(view.facts.communes["code"], view.facts.communes["name"], strict=True))
    if filters.communes:
        told = ", ".join(names.get(code, code) for code in filters.communes)
        yield f"{t('pages.filter.communes', language)}: {told}"
    if filters.district:
        units = view.facts.former_units
        found = units.loc[units["unit"] == filters.district, "name"]
        named = str(found.iloc[0]) if len(found) else filters.district
        yield f"{t('pages.filter.district', language)}: {named}"
    if filters.text:
        yield f"{t('pages.filter.text', language)}: “{filters.text}”"
    if filters.leave_out_outlier and view.selection.left_out:
        yield view.t("scope.no_outlier")
    if not filters.carry:
        yield view.t("scope.period_only")
