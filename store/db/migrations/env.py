"""What Alembic runs: the steps, on the connection and in the transaction of ``migrate``."""

from alembic import context

from store.db.schema import load_metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=load_metadata(),
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
