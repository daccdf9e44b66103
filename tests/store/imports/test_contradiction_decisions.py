"""A contradiction is settled with who and why, and can be opened again."""

import pytest

from store.db.errors import ChoiceError
from store.imports.contradiction_decisions import (
    list_contradiction_decisions,
    reopen_contradiction,
    settle_contradiction,
)
from tests.people import THU


def test_a_side_is_noted_replaced_and_taken_back(store: str) -> None:
    assert list_contradiction_decisions(store) == {}
    settle_contradiction("C-001", "a", THU, "theo văn bản gốc")
    assert list_contradiction_decisions(store)["C-001"].choice == "a"
    settle_contradiction("C-001", "b", THU)
    assert list_contradiction_decisions(store)["C-001"].choice == "b"
    reopen_contradiction("C-001", THU)
    assert list_contradiction_decisions(store) == {}


def test_a_choice_that_there_is_not_is_refused(store: str) -> None:
    with pytest.raises(ChoiceError):
        settle_contradiction("C-001", "both", THU)
    assert list_contradiction_decisions(store) == {}
