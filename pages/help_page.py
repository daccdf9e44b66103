"""What each page is for, what every figure means, the keys, and what the reader may do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from geo.i18n import money, number
from layers.tables.claimed_vs_observed import LARGE_POINTS, SOME_POINTS
from pages.shell.html import Html, join, show
from pages.widgets.tables import markup_table
from store.clearance.escalation import OVERDUE_DAYS, THRESHOLDS
from store.users.permissions import PERMISSIONS, label, roles_of
from store.visits.quality_flags import field_limits

if TYPE_CHECKING:
    from markupsafe import Markup

    from pages.shell.context import Context

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


def render(ctx: Context) -> None:
    """Show the page."""
    ctx.require("page.help")
    show(Html("<h2>{}</h2>").format(ctx.t("help.page.tasks")))
    show(join(_tasks(ctx, who) for who in TASKS))
    show(Html("<h2>{}</h2>").format(ctx.t("help.page.figures")))
    show(_definitions(ctx))
    show(Html("<h2>{}</h2>").format(ctx.t("help.page.levels")))
    show(Html('<p class="hp-under">{}</p>').format(ctx.t("help.page.levels_why")))
    show(_levels(ctx))
    show(Html("<h2>{}</h2>").format(ctx.t("help.page.keys")))
    show(
        markup_table(
            (ctx.t("help.page.key"), ctx.t("help.page.does")),
            [(ctx.t(f"help.key.{one}"), ctx.t(f"help.key.{one}_does")) for one in KEYS],
        )
    )
    show(Html("<h2>{}</h2>").format(ctx.t("help.page.rights")))
    role = ctx.t(f"permissions.role.{ctx.user.role}")
    show(Html('<p class="hp-under">{}</p>').format(ctx.t("help.page.rights_why", role=role)))
    show(_rights(ctx))


def _tasks(ctx: Context, who: str) -> Markup:
    lines = join(
        Html("<li>{}</li>").format(ctx.t(f"help.task.{who}_{task}")) for task in TASKS[who]
    )
    return Html('<div class="hp-group"><b>{}</b><ul>{}</ul></div>').format(
        ctx.t(f"help.task.{who}"), lines
    )


def _definitions(ctx: Context) -> Markup:
    values = {
        "accuracy": number(field_limits().max_accuracy_m, 0, ctx.language),
        "some": number(SOME_POINTS, 0, ctx.language),
        "large": number(LARGE_POINTS, 0, ctx.language),
    }
    pairs = [(f"layers.figure.{one}", f"layers.figure.{one}_help") for one in FIGURES]
    pairs += [(f"pages.define.{one}_title", f"pages.define.{one}") for one in LAYERS]
    pairs += [(f"help.define.{one}_title", f"help.define.{one}") for one in OTHERS]
    rows = join(
        Html("<dt><b>{}</b></dt><dd>{}</dd>").format(ctx.t(title), ctx.t(text, **values))
        for title, text in pairs
    )
    return Html('<dl class="hp-facts">{}</dl>').format(rows)


def _levels(ctx: Context) -> Markup:
    """Return the levels of the clearance register as the program reckons them."""
    rows = [
        (
            ctx.t(f"register.level.{one.level}"),
            ctx.t("help.page.days", days=one.days),
            money(one.investment_mvnd, ctx.language) if one.investment_mvnd else "–",
        )
        for one in THRESHOLDS
    ]
    rows += [
        (ctx.t(f"register.level.{level}"), ctx.t("help.page.overdue", days=days), "–")
        for level, days in OVERDUE_DAYS.items()
    ]
    head = tuple(ctx.t(f"help.page.{name}") for name in ("level", "age", "held"))
    return markup_table(head, sorted(rows))


def _rights(ctx: Context) -> Markup:
    """Return what the reader may do, and why it is so; what others may, with their roles."""
    rows = [
        (
            ctx.t("help.page.yes" if ctx.may(action) else "help.page.no"),
            label(action, ctx.language),
            ", ".join(ctx.t(f"permissions.role.{role}") for role in roles_of(action)),
            ctx.t(f"permissions.why.{action}"),
        )
        for action in PERMISSIONS
    ]
    head = tuple(ctx.t(f"help.page.{name}") for name in ("may", "action", "roles", "why"))
    return markup_table(head, rows)
