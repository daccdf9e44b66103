"""What pages are given: names are cut only with a word on how many are left."""

import pytest

from pages.shell.context import PageContext
from tests.people import ADMIN
from tests.small_facts import small_facts


@pytest.mark.parametrize(
    ("names", "shown"),
    [
        ([], ""),
        (["a", "b"], "a, b"),
        (["a", "b", "c", "d"], "a, b và 2 mục khác"),
    ],
)
def test_names_left_out_are_counted(names: list[str], shown: str) -> None:
    assert PageContext("vi", small_facts(), ADMIN).list_names(names, 2) == shown
