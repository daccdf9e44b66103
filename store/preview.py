"""A planned import in words and as JSON, for the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from geo.i18n import t

if TYPE_CHECKING:
    import pandas as pd

    from store.plan import ImportPlan


def as_text(plan: ImportPlan) -> str:
    """Return the preview as lines for a reader."""
    balance = vars(plan.extraction.balance)
    told = {"doc": plan.doc, "period": plan.period, **balance}
    lines = [t("store.preview.document", **told), t("store.preview.balance", **told)]
    lines += [f"- {problem.text()}" for problem in plan.problems]
    lines += [
        t("store.preview.count", table=t(f"store.table.{table}"), count=count)
        for table, count in plan.counts().items()
    ]
    if plan.differing:
        lines.append(t("store.preview.differences", count=len(plan.differing)))
        reasons = plan.differences()["reason"].value_counts()
        lines += [f"  {count} × {reason}" for reason, count in reasons.items()]
    if plan.diff is not None and len(plan.diff):
        lines.append(t("store.preview.diff"))
        kinds = plan.diff["change"].value_counts()
        lines += [f"  {count} × {t(f'store.change.{kind}')}" for kind, count in kinds.items()]
    return "\n".join(lines)


def as_json(plan: ImportPlan) -> dict[str, Any]:
    """Return the preview as JSON takes it."""
    return {
        "doc": plan.doc,
        "period": plan.period,
        "sha256": plan.sha256,
        "already": plan.already,
        "balance": vars(plan.extraction.balance),
        "counts": plan.counts(),
        "problems": [
            {"key": one.key, "blocking": one.blocking, "text": one.text()} for one in plan.problems
        ],
        "matches": [
            {"name": name, "item": match.item, "how": match.how, "score": round(match.score, 3)}
            for name, match in plan.matches
        ],
        "diff": _records(plan.diff),
        "differences": _records(plan.differences()),
        "reviews": [
            {"reason": one.reason, "raw": one.raw, "detail": one.detail, "place": one.place}
            for one in plan.reviews
        ],
    }


def _records(frame: pd.DataFrame | None) -> list[dict[str, Any]]:
    if frame is None:
        return []
    plain = frame.astype(object).where(frame.notna(), None)
    return [{str(k): v for k, v in row.items()} for row in plain.to_dict("records")]
