"""What people say of columns of reports, so that they are asked once.

What is written here stays as it is; a later form is another step.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    texts = ("heading", "issuer", "meaning", "unit", "actor", "at")
    op.create_table(
        "column_choices",
        sa.Column("id", sa.Integer, autoincrement=True, nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in texts),
        sa.PrimaryKeyConstraint("id", name="pk_column_choices"),
        sa.UniqueConstraint("heading", "issuer", name="uq_column_choices_heading_issuer"),
    )
