"""What the audit tells of a table, and a wrong password."""

import sqlalchemy as sa

from store.db.database import reading
from store.db.schema import AUDIT

WRONG = "không phải mật khẩu này"


def audit(table: str) -> list[tuple[str, str, str]]:
    found = sa.select(AUDIT.c.actor, AUDIT.c.key, AUDIT.c.after).where(AUDIT.c.table_name == table)
    with reading() as connection:
        return [tuple(row) for row in connection.execute(found.order_by(AUDIT.c.id))]
