"""The grid of a table: its headings, columns and lines, whatever it is about."""
