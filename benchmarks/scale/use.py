"""What readers and writers do while the app is measured: pages by their addresses, an edit."""

from __future__ import annotations

from benchmarks.load.journeys import list_pages
from benchmarks.load.reader import Door, Reader, Run

ITEM = "INV-000003"
MAP = "open the map"


def list_addresses() -> dict[str, tuple[str, str]]:
    """Return the path and the query of every page by its name, the map first."""
    pages = {MAP: ("", "")}
    for name, (path, query) in list_pages().items():
        shown = f"item={ITEM}" if query.startswith("item=") else query
        pages[name] = (path, shown)
    return pages


async def edit_note(door: Door, turn: int) -> Run:
    """Change an item's note by the edit page, as a person does; return the run that saved it.

    Raises ``RuntimeError`` when the page shows that it was not saved.
    """
    async with Reader(door) as reader:
        await reader.open("sua", f"item={ITEM}&view=fields")
        await reader.choose("edit.note", f"ghi chú {turn}")
        await reader.choose("edit.why", f"lý do {turn}")
        run = await reader.choose(f"edit.save-item-{ITEM}", True)
        if reader.state.faults or reader.state.has_widget(f"edit.save-item-{ITEM}"):
            raise RuntimeError(f"the edit was not saved: {reader.state.faults}")
        return run
