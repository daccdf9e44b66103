"""Ruling lines: pieces joined, dots and dashes too, and sides that a table leaves open."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING, Any, Final

from pdfplumber.table import merge_edges
from pdfplumber.utils.geometry import filter_edges

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from reports.readers.pdf.drawing.content import Stroke

_SNAP: Final = 3.0
_JOIN: Final = 3.0
_SHORTEST: Final = 3.0
_DOT: Final = 2.2
_SHORT_PIECE: Final = 12.0
_DOT_GAP: Final = 7.0
_ONE_LINE: Final = 0.8
_FEWEST_DOTS: Final = 6
_REGULAR: Final = 1.8
_OVERHANG: Final = 8.0
_SHARED: Final = 4.0
_FEWEST_SHARING: Final = 2


@dataclass(frozen=True, slots=True)
class Edge:
    """A horizontal (or upright) line: where it stands, where it begins and ends."""

    upright: bool
    at: float
    start: float
    end: float


def join_strokes(strokes: Iterable[Stroke]) -> list[Edge]:
    """Return the lines that the strokes make up; what is too short for a line is left out."""
    pieces: defaultdict[bool, list[Edge]] = defaultdict(list)
    for stroke in strokes:
        box = stroke.box
        width, height = box.x1 - box.x0, box.bottom - box.top
        dot = width <= _DOT and height <= _DOT
        if dot or not stroke.upright:
            pieces[False].append(Edge(False, (box.top + box.bottom) / 2, box.x0, box.x1))
        if dot or stroke.upright:
            pieces[True].append(Edge(True, (box.x0 + box.x1) / 2, box.top, box.bottom))
    edges: list[Edge] = []
    for kind in (True, False):
        for line in _split_lines(pieces[kind]):
            edges.extend(_join_line(line))
    return _snap_edges(edges)


def close_sides(edges: Sequence[Edge], middles: Sequence[tuple[float, float]]) -> list[Edge]:
    """Return the edges with those that close a table whose outer lines are not drawn.

    ``middles`` are those of the page's words: only sides with words beyond the last line are open.
    """
    made: list[Edge] = []
    for group in _group_touching(edges):
        for upright in (True, False):
            made.extend(_close_ends(group, upright, middles))
    return [*edges, *made]


def to_pdfplumber(edge: Edge) -> dict[str, Any]:
    """Return the edge as pdfplumber's functions take it."""
    across, along = (edge.at, edge.at), (edge.start, edge.end)
    xs, ys = (across, along) if edge.upright else (along, across)
    return {
        "x0": xs[0],
        "x1": xs[1],
        "top": ys[0],
        "bottom": ys[1],
        "width": xs[1] - xs[0],
        "height": ys[1] - ys[0],
        "orientation": "v" if edge.upright else "h",
    }


def _snap_edges(edges: Sequence[Edge]) -> list[Edge]:
    merged = merge_edges(
        [to_pdfplumber(edge) for edge in edges],
        snap_x_tolerance=_SNAP,
        snap_y_tolerance=_SNAP,
        join_x_tolerance=_JOIN,
        join_y_tolerance=_JOIN,
    )
    return [
        Edge(True, edge["x0"], edge["top"], edge["bottom"])
        if edge["orientation"] == "v"
        else Edge(False, edge["top"], edge["x0"], edge["x1"])
        for edge in filter_edges(merged, min_length=_SHORTEST)
    ]


def _split_lines(pieces: Sequence[Edge]) -> list[list[Edge]]:
    """Return the pieces that stand on one line together, each line from its beginning."""
    lines: list[list[Edge]] = []
    for piece in sorted(pieces, key=lambda piece: piece.at):
        if lines and piece.at - lines[-1][0].at <= _ONE_LINE:
            lines[-1].append(piece)
        else:
            lines.append([piece])
    for line in lines:
        line.sort(key=lambda piece: piece.start)
    return lines


def _join_line(line: Sequence[Edge]) -> list[Edge]:
    """Return a line's pieces joined: across dashes' gaps only where they follow a beat."""
    joined: list[Edge] = []
    for chain in _chain(line, _DOT_GAP):
        if _is_beat(chain):
            joined.append(_span(chain))
        else:
            joined.extend(_span(part) for part in _chain(chain, _JOIN))
    # A lone dot is no line, neither are the short strokes of a drawn letter.
    return [edge for edge in joined if edge.end - edge.start > _DOT]


def _chain(line: Sequence[Edge], gap: float) -> list[list[Edge]]:
    chains: list[list[Edge]] = []
    end = 0.0
    for piece in line:
        if chains and piece.start - end <= gap:
            chains[-1].append(piece)
        else:
            chains.append([piece])
            end = piece.end
        end = max(end, piece.end)
    return chains


def _is_beat(chain: Sequence[Edge]) -> bool:
    """Return True for dots or dashes: short pieces of much the same length and distance."""
    if len(chain) < _FEWEST_DOTS:
        return False
    lengths = [piece.end - piece.start for piece in chain]
    steps = [after.start - before.start for before, after in pairwise(chain)]
    steps = [step for step in steps if step > 0.1]  # noqa: PLR2004 - not the two sides of a dot
    if not steps or max(lengths) > _SHORT_PIECE:
        return False
    usual = median(steps)
    even = sum(usual / _REGULAR <= step <= usual * _REGULAR for step in steps)
    return even >= 0.8 * len(steps)  # corners and crossings are uneven


def _span(chain: Sequence[Edge]) -> Edge:
    end = max(piece.end for piece in chain)
    return Edge(chain[0].upright, median(piece.at for piece in chain), chain[0].start, end)


def _group_touching(edges: Sequence[Edge]) -> list[list[Edge]]:
    """Return the edges that hang together, directly or through others."""
    parent = list(range(len(edges)))

    def find(index: int) -> int:
        while parent[index] != index:
            parent[index] = parent[parent[index]]
            index = parent[index]
        return index

    flat = [(index, edge) for index, edge in enumerate(edges) if not edge.upright]
    for index, edge in enumerate(edges):
        if not edge.upright:
            continue
        for other_index, other in flat:
            if (
                edge.start - _SNAP <= other.at <= edge.end + _SNAP
                and other.start - _SNAP <= edge.at <= other.end + _SNAP
            ):
                parent[find(index)] = find(other_index)
    groups: defaultdict[int, list[Edge]] = defaultdict(list)
    for index, edge in enumerate(edges):
        groups[find(index)].append(edge)
    return [group for group in groups.values() if len(group) > _FEWEST_SHARING]


def _close_ends(
    group: Sequence[Edge], upright: bool, middles: Sequence[tuple[float, float]]
) -> list[Edge]:
    """Return the missing outer lines, upright or not, at the shared ends of those that cross."""
    crossing = [edge for edge in group if edge.upright != upright]
    along = [edge for edge in group if edge.upright == upright]
    if len(crossing) < _FEWEST_SHARING or not along:
        return []
    made: list[Edge] = []
    low, high = min(edge.at for edge in along), max(edge.at for edge in along)
    first, last = min(edge.start for edge in crossing), max(edge.end for edge in crossing)
    for end, open_from, sharing in (
        (first, low, [edge for edge in crossing if edge.start - first <= _SHARED]),
        (last, high, [edge for edge in crossing if last - edge.end <= _SHARED]),
    ):
        if abs(end - open_from) < _OVERHANG or len(sharing) < _FEWEST_SHARING:
            continue
        top, bottom = min(edge.at for edge in sharing), max(edge.at for edge in sharing)
        near, far = sorted((end, open_from))
        if any(
            near < (x if upright else y) < far and top < (y if upright else x) < bottom
            for x, y in middles
        ):
            start = min(top, *(edge.start for edge in along))
            made.append(Edge(upright, end, start, max(bottom, *(edge.end for edge in along))))
    return made
