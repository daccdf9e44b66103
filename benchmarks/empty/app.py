"""A Streamlit page of 20 widgets that does nothing, its heap frozen once it has run."""

import gc

import streamlit as st

KINDS = ("a", "b", "c")


@st.cache_resource
def freeze_heap() -> bool:
    """Leave what is loaded by now out of every later collection; return True."""
    gc.collect()
    gc.freeze()
    return True


def main() -> None:
    """Show the page."""
    st.segmented_control("choice", KINDS, default="a", required=True, key="choice")
    for number in range(7):
        st.selectbox(f"list {number}", KINDS, key=f"list.{number}")
    for number in range(6):
        st.checkbox(f"box {number}", key=f"box.{number}")
    for number in range(6):
        st.text_input(f"text {number}", key=f"text.{number}")
    freeze_heap()


if __name__ == "__main__":
    main()
else:
    app = st.App(__file__)
