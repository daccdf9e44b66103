"""What each page is for, what every figure means, the keys, and what the reader may do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from geo.i18n import format_money, format_number
from layers.tables.claimed_vs_observed import LARGE_POINTS, SOME_POINTS
from pages.shell.html import Html, join_markup, show_markup
from pages.widgets.tables import render_table
from store.clearance.escalation import OVERDUE_DAYS, THRESHOLDS
from store.users.permissions import PERMISSIONS, get_action_label, list_roles
from store.visits.quality_flags import load_field_limits

if TYPE_CHECKING:
    from markupsafe import Markup

    from pages.shell.context import PageContext

TASKS: Final = {
    "leaders": ("morning", "place", "document", "present"),
    "staff": ("next", "review", "wrong", "register", "gis"),
    "field": ("near", "visit", "offline", "board"),
}
FIGURES: Final = ("items", "investment", "progress", "misses", "clearance_communes", "held_up")
LAYERS: Final = ("progress", "investment", "clearance", "severity", "carry", "place")
OTHERS: Final = (
    "unknown", "share", "watch", "age", "overdue", "slip", "contradiction", "estimate", "curve",
    "handed", "done", "accuracy", "gap", "likely", "approximate", "approved",
)  # fmt: skip
KEYS: Final = ("tab", "enter", "review", "skip", "present", "search")


def show_page(ctx: PageContext) -> None:
    """Show the page."""
    ctx.require("page.help")
    show_markup(Html("<h2>{}</h2>").format(ctx.t("help.page.tasks")))
    show_markup(join_markup(_render_tasks(ctx, who) for who in TASKS))
    show_markup(Html("<h2>{}</h2>").format(ctx.t("help.page.figures")))
    show_markup(_render_definitions(ctx))
    show_markup(Html("<h2>{}</h2>").format(ctx.t("help.page.levels")))
    show_markup(Html('<p class="hp-under">{}</p>').format(ctx.t("help.page.levels_why")))
    show_markup(_render_levels(ctx))
    show_markup(Html("<h2>{}</h2>").format(ctx.t("help.page.keys")))
    show_markup(
        render_table(
            (ctx.t("help.page.key"), ctx.t("help.page.does")),
            [(ctx.t(f"help.key.{key}"), ctx.t(f"help.key.{key}_does")) for key in KEYS],
        )
    )
    show_markup(Html("<h2>{}</h2>").format(ctx.t("help.page.rights")))
    role = ctx.t(f"permissions.role.{ctx.user.role}")
    show_markup(Html('<p class="hp-under">{}</p>').format(ctx.t("help.page.rights_why", role=role)))
    show_markup(_render_rights(ctx))


def _render_tasks(ctx: PageContext, who: str) -> Markup:
    lines = join_markup(
        Html("<li>{}</li>").format(ctx.t(f"help.task.{who}_{task}")) for task in TASKS[who]
    )
    return Html('<div class="hp-group"><b>{}</b><ul>{}</ul></div>').format(
        ctx.t(f"help.task.{who}"), lines
    )


def _render_definitions(ctx: PageContext) -> Markup:
    values = {
        "accuracy": format_number(load_field_limits().max_accuracy_m, 0, ctx.language),
        "some": format_number(SOME_POINTS, 0, ctx.language),
        "large": format_number(LARGE_POINTS, 0, ctx.language),
    }
    pairs = [(f"layers.figure.{name}", f"layers.figure.{name}_help") for name in FIGURES]
    pairs += [(f"pages.define.{name}_title", f"pages.define.{name}") for name in LAYERS]
    pairs += [(f"help.define.{name}_title", f"help.define.{name}") for name in OTHERS]
    rows = join_markup(
        Html("<dt><b>{}</b></dt><dd>{}</dd>").format(ctx.t(title), ctx.t(text, **values))
        for title, text in pairs
    )
    return Html('<dl class="hp-facts">{}</dl>').format(rows)


def _render_levels(ctx: PageContext) -> Markup:
    """Return the levels of the clearance register as the program reckons them."""
    rows = [
        (
            ctx.t(f"register.level.{threshold.level}"),
            ctx.t("help.page.days", days=threshold.days),
            format_money(threshold.investment_mvnd, ctx.language)
            if threshold.investment_mvnd
            else "–",
        )
        for threshold in THRESHOLDS
    ]
    rows += [
        (ctx.t(f"register.level.{level}"), ctx.t("help.page.overdue", days=days), "–")
        for level, days in OVERDUE_DAYS.items()
    ]
    head = tuple(ctx.t(f"help.page.{name}") for name in ("level", "age", "held"))
    return render_table(head, sorted(rows))


def _render_rights(ctx: PageContext) -> Markup:
    """Return what the reader may do, and why it is so; what others may, with their roles."""
    rows = [
        (
            ctx.t("help.page.yes" if ctx.may(action) else "help.page.no"),
            get_action_label(action, ctx.language),
            ", ".join(ctx.t(f"permissions.role.{role}") for role in list_roles(action)),
            ctx.t(f"permissions.why.{action}"),
        )
        for action in PERMISSIONS
    ]
    head = tuple(ctx.t(f"help.page.{name}") for name in ("may", "action", "roles", "why"))
    return render_table(head, rows)
