"""Workbooks besides .xlsx: each becomes the same grid of cells as shown."""
