"""Text of reports stays text in markup and in the labels of widgets."""

from hypothesis import given
from hypothesis import strategies as st

from pages.shell.html import Html, escape_markdown, join_markup
from tests.hostile import HOSTILE_TEXTS


def test_formatted_text_opens_no_tag_and_no_attribute() -> None:
    for text in HOSTILE_TEXTS:
        made = str(Html('<p title="{}">{}</p>').format(text, text))
        inner = made.removeprefix('<p title="').removesuffix("</p>")
        assert "<" not in inner, text
        assert inner.count('"') == 1, text  # the one that closes the attribute


def test_markup_that_is_safe_already_is_not_escaped_again() -> None:
    assert (
        str(join_markup([Html("<b>{}</b>").format("&"), Html("<i>x</i>")]))
        == "<b>&amp;</b><i>x</i>"
    )


@given(st.text())
def test_a_label_is_one_line_with_every_markdown_sign_escaped(text: str) -> None:
    label = escape_markdown(text)
    assert "\n" not in label
    bare = label.replace("\\\\", "").replace("\\", "\0")
    for position, letter in enumerate(bare):
        if letter in "`*_{}[]()<>#$:!|~":
            assert bare[position - 1] == "\0"
