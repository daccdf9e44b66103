"""What a page shows when something went wrong: what to do, in the reader's language."""

from __future__ import annotations

import streamlit as st

from geo.errors import ProjectMapError
from geo.i18n import t
from pages.frame import reader_language
from pages.safe import plain


def show_fault(fault: Exception) -> bool:
    """Show a fault and return that it was shown.

    A fault that was meant for whoever reads says itself what to do. For any other the reader is
    told how to go on; what happened is for the operator, in the log, where Streamlit writes it.
    """
    told = plain(fault) if isinstance(fault, ProjectMapError) else None
    st.error(told or t("pages.fault.unexpected", reader_language()))
    return True
