"""Changes of items and figures by hand: validation, saving, what changed lately."""
