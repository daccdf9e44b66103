"""What group headings of a project table tell of the projects below them: funding and phase."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from geo.text import fold_text

if TYPE_CHECKING:
    from reports.tables.grid.stitched_table import StitchedRow

_FUNDINGS: Final = (
    ("ngoai ngan sach", "non_budget"),
    ("doi tac cong tu", "ppp"),
    ("ngan sach thanh pho", "city_budget"),
    ("ngan sach trung uong", "state"),
    ("von nha nuoc", "state"),
)
_PHASES: Final = (
    ("khanh thanh nam", "inaugurate_2026"),
    ("khoi cong nam", "start_2026"),
    ("chuyen tiep", "ongoing"),
    ("dang trien khai", "ongoing"),
)


def find_phase(title: str) -> str:
    """Return the phase that a group heading names; '' where it names none."""
    words = fold_text(title)
    return next((phase for sign, phase in _PHASES if sign in words), "")


@dataclass
class TableGroup:
    """Where the reading of a table is: the group's mark, titles, and what they tell."""

    mark: str = ""
    title: str = ""
    funding: str = "unknown"
    phase: str = ""
    top: str = ""

    def enter_group(self, row: StitchedRow) -> None:
        """Go on into the group that a heading opens."""
        words = fold_text(row.title)
        self.mark, self.title = row.mark, row.title
        phase = find_phase(row.title)
        funding = next((funding for sign, funding in _FUNDINGS if sign in words), "")
        top = row.mark.split(".")[0]
        if phase or top != self.top:
            self.phase = phase
        self.funding = funding or (self.funding if top == self.top and not phase else "unknown")
        self.top = top
