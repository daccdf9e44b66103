"""The content of an export: one module per kind of table."""
