"""What a page was filled from, kept in the browser with the form.

A page session ends with the server's process, and another process knows nothing of it. The browser
then sends what stands in its fields to a new session. So what the forms were filled from travels
in a field of its own, which nobody sees: a save still says what its author had before them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import streamlit as st

if TYPE_CHECKING:
    from collections.abc import Mapping

MOST_CHARS: Final = 200


def keep_in_browser(name: str, now: str, *, known: bool, most: int = MOST_CHARS) -> str:
    """Keep a text in the browser; return the one that holds.

    ``known``: this session knows what its page was filled from, which is ``now``. A new session
    does not: the browser's text holds, if it has one. Called once a run for each name; ``most``
    letters are kept.
    """
    key = f"carried.{name}"
    if known and st.session_state.get(key) != now:
        st.session_state[key] = now
    text = st.text_input(  # page.css hides what has such a key
        name,
        value="" if key in st.session_state else now,
        max_chars=most,
        label_visibility="collapsed",
        key=key,
    )
    return str(text or "")


def get_seen_token(name: str, chosen: str, tokens: Mapping[int, str]) -> str:
    """Return the token that the form of the thing chosen was filled from, '' without one.

    ``chosen``: the key of the field in which it is chosen by its number, shown after this is
    called; ``tokens``: what stands for each thing now. In a new session the browser's choice is
    taken up, though the thing may be called otherwise by now. A token stays until ``refill_form``.
    """
    known = chosen in st.session_state
    number: Any = st.session_state.get(chosen)
    now = f"{number} {tokens[number]}" if number in tokens else ""
    session_mark = str(st.session_state.get(f"seen.{name}") or "")
    mark = keep_in_browser(
        name, session_mark if now and session_mark.startswith(f"{number} ") else now, known=known
    )
    st.session_state[f"seen.{name}"] = mark
    carried_number, _, seen = mark.partition(" ")
    if not known and carried_number.isdecimal() and int(carried_number) in tokens:
        st.session_state[chosen] = int(carried_number)
    return seen


def refill_form(name: str) -> None:
    """Let the form be filled from what there is at the next run."""
    st.session_state[f"seen.{name}"] = None
