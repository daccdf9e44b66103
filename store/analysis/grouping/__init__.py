"""How values are parted into groups."""
