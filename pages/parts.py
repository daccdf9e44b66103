"""Long lists in parts: which part of one is shown."""

from __future__ import annotations

import streamlit as st

from pages.safe import plain


def part_start(label: str, count: int, at_once: int, *, key: str) -> int:
    """Return from which of ``count`` things on a list shows, asking where they are many."""
    if count <= at_once:
        return 0
    starts = list(range(0, count, at_once))
    chosen: int = st.segmented_control(
        label,
        starts,
        default=0,
        required=True,
        format_func=lambda start: plain(f"{start + 1}–{min(start + at_once, count)}"),
        key=key,
    )
    return chosen if chosen in starts else 0
