"""The plan of an import: what would be written, what changes, what is asked."""
