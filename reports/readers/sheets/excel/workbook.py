"""What a workbook says of itself: its sheets, texts, looks and calendar."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from reports.readers.refusal import FileRefusedError
from reports.readers.sheets.excel.cell_texts import read_text
from reports.readers.sheets.excel.package import find_child, get_name, get_relation_id, is_on
from reports.readers.sheets.excel.styles import read_colours, read_styles
from reports.readers.sheets.excel.worksheet import Workbook

if TYPE_CHECKING:
    from reports.readers.sheets.excel.cell_texts import CellText
    from reports.readers.sheets.excel.package import Package
    from reports.readers.sheets.excel.styles import Colours
    from reports.readers.sheets.excel.worksheet import Budget

_MAIN: Final = "xl/workbook.xml"
_STRINGS_PER_CELL: Final = 5
_CHECK_EVERY: Final = 1000


@dataclass(frozen=True)
class SheetEntry:
    """A sheet as the workbook lists it; ``kind`` is worksheet, chartsheet or the like."""

    name: str
    part: str
    kind: str
    visible: bool


def read_workbook(package: Package, budget: Budget) -> tuple[Workbook, tuple[SheetEntry, ...]]:
    """Return what all sheets share, and the sheets in order.

    Raises ``KeyError``, ``ValueError`` or lxml's errors for a damaged package and
    ``FileRefusedError`` beyond the limits.
    """
    main = next(
        (r.target for r in package.read_relations("").values() if r.kind == "officeDocument"), _MAIN
    )
    if not package.has(main):
        main = _MAIN
    root = package.parse(main)
    relations = package.read_relations(main)
    parts = {relation.kind: relation.target for relation in relations.values()}
    styles_part = parts.get("styles", "")
    styles = package.parse(styles_part) if package.has(styles_part) else None
    colours = read_colours(package, parts.get("theme"), styles)
    properties = find_child(root, "workbookPr")
    reckoning = find_child(root, "calcPr")
    book = Workbook(
        package,
        _read_strings(package, parts.get("sharedStrings", ""), colours, budget),
        read_styles(styles, colours),
        colours,
        from_1904=properties is not None and is_on(properties.get("date1904")),
        recalculated=reckoning is not None and is_on(reckoning.get("fullCalcOnLoad")),
    )
    return book, tuple(_list_sheets(root, relations))


def _list_sheets(root: Any, relations: dict[str, Any]) -> list[SheetEntry]:
    sheets = find_child(root, "sheets")
    if sheets is None:
        raise ValueError("a workbook without sheets")
    found: list[SheetEntry] = []
    for sheet in sheets:
        if get_name(sheet) != "sheet":
            continue
        relation = relations[get_relation_id(sheet)]
        visible = (sheet.get("state") or "visible") == "visible"
        name = " ".join((sheet.get("name") or "").split())
        found.append(SheetEntry(name, relation.target, relation.kind, visible))
    return found


def _read_strings(package: Package, part: str, colours: Colours, budget: Budget) -> list[CellText]:
    strings: list[CellText] = []
    if not package.has(part):
        return strings
    for element in package.iterate_elements(part, ("si",)):
        strings.append(read_text(element, colours))
        if not len(strings) % _CHECK_EVERY:
            budget.spend(0)
            if len(strings) > _STRINGS_PER_CELL * budget.max_cells:
                raise FileRefusedError("too_many_cells", limit=budget.max_cells)
    return strings
