"""Parts of a project's page: its sections, figures or a word that there are none, its position."""

from __future__ import annotations

from typing import TYPE_CHECKING

from layers.project import where_is
from pages.panel_parts import fact_lines, place_lines
from pages.safe import Html, show

if TYPE_CHECKING:
    from collections.abc import Sequence

    from layers.item_facts import ItemFacts
    from layers.lines import FactLine
    from pages.frame import Context


def show_where(ctx: Context, facts: ItemFacts) -> None:
    """Show the position, and that it is the project's own or only the middle of its commune."""
    section(ctx, "where")
    where = where_is(ctx.facts, facts.item)
    if where.precision == "own":
        how = ctx.t(f"field.how.{where.how}")
        accuracy = where.accuracy_m
        near = "" if accuracy is None else ctx.t("field.where.accuracy", metres=round(accuracy))
        said = ctx.t("field.where.own", how=how, accuracy=near)
    else:
        said = ctx.t(f"field.where.{where.precision}")
    show(
        Html('<p>{}{}</p><p class="hp-under">{}</p>').format(
            Html('<b class="hp-coordinates">{}</b><br>').format(where.coordinates)
            if where.coordinates
            else "",
            said,
            where.note,
        )
    )
    if facts.places:
        show(place_lines(ctx, facts))


def lines_or(ctx: Context, lines: Sequence[FactLine], otherwise: str) -> None:
    """Show figures with their sources, or the text that says there are none."""
    if lines:
        show(fact_lines(ctx, lines))
    else:
        show(Html('<p class="hp-under">{}</p>').format(ctx.t(otherwise)))


def section(ctx: Context, name: str) -> None:
    """Show a section's heading."""
    show(Html('<h2 class="hp-head">{}</h2>').format(ctx.t(f"field.project.{name}")))
