"""Cells of the open table as a browser sends them: Streamlit's tests cannot type into a table."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from streamlit.proto.WidgetStates_pb2 import WidgetState

if TYPE_CHECKING:
    from collections.abc import Mapping

    from streamlit.testing.v1 import AppTest


def type_cells(app: AppTest, edited: Mapping[int, Mapping[str, Any]]) -> AppTest:
    """Run a page with other cells in its open table: what they hold by row and column."""
    state = WidgetState(
        id=app.dataframe[0].proto.id,
        string_value=json.dumps({"edited_rows": edited, "added_rows": [], "deleted_rows": []}),
    )
    tree = app._tree
    collect = tree.get_widget_states

    def collect_all() -> Any:
        states = collect()
        states.widgets.append(state)
        return states

    tree.get_widget_states = collect_all  # type: ignore[method-assign]
    return app.run()
