"""Slivers of divided former communes: told beside the communes that an answer gives."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from geo.errors import GeocodeInputError
from geo.geocoder import get_default_geocoder

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pages.shell.context import PageContext
    from reports.model.statement import Statement

_MOST: Final = 6


def describe_slivers(ctx: PageContext, codes: Iterable[str]) -> str:
    """Return in words in which other communes a small part lies; '' where there are none."""
    distinct = dict.fromkeys(codes)
    names = [ctx.facts.commune_names.get(code, code) for code in distinct]
    return ctx.t("statements.page.slivers", names=ctx.list_names(names, _MOST)) if names else ""


def find_slivers(statement: Statement) -> tuple[str, ...]:
    """Return the communes that a statement's place leaves out; what is stored is read again.

    The district of a heading is not known then: where the place is not sure without it, none.
    """
    if statement.left_out or statement.field != "located_in" or not statement.communes:
        return statement.left_out
    try:
        result = get_default_geocoder().geocode(statement.stated)
    except GeocodeInputError:
        return ()
    same = {match.code for match in result.matches} <= set(statement.communes)
    return result.slivers if same and result.status == "matched" else ()
