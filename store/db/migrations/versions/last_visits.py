"""When somebody last looked, so that what is new since can be said.

What is written here stays as it is; a later form is another step.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "last_visits",
        sa.Column("owner", sa.Text, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("seen", sa.Integer, nullable=False),
        sa.Column("before_at", sa.Text, nullable=False, server_default=""),
        sa.Column("before_seen", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("owner", name="pk_last_visits"),
    )
