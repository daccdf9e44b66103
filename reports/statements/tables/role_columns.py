"""A table's columns as statements read them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reports.grammar.columns.meanings import ColumnMeaning
    from reports.grammar.numbers import Style


@dataclass(frozen=True)
class RoleColumn:
    """A column as statements read it; ``meanings`` are empty where it is not understood.

    ``taken`` says that the reader of project tables has it, ``rival`` that another column says
    the same.
    """

    index: int
    heading: str
    meanings: tuple[ColumnMeaning, ...] = ()
    unit: str = ""
    style: Style = ""
    whole: bool = False
    period: str = ""
    taken: bool = False
    ignored: bool = False
    rival: bool = False

    @property
    def role(self) -> str:
        """Return what the column is for; '' where that is not known."""
        return self.meanings[0].role if self.meanings else ""

    @property
    def key(self) -> str:
        """Return the key of the column's first meaning; '' for none."""
        return self.meanings[0].key if self.meanings else ""

    @property
    def body_field(self) -> str:
        """Return what a body below a row's name is to it ("Công trình / Chủ đầu tư"), else ''."""
        both = len(self.meanings) > 1 and self.role == "name"
        return self.meanings[1].field if both and self.meanings[1].role == "body" else ""


@dataclass(frozen=True)
class TableRoles:
    """A table that is understood: whom its rows are about, and its columns."""

    subject: RoleColumn
    columns: tuple[RoleColumn, ...]

    def find_columns(self, role: str) -> list[RoleColumn]:
        """Return the columns of a role, without the subject's."""
        return [one for one in self.columns if one.role == role and one is not self.subject]
