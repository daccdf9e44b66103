"""Tables of items, register cases and visits: columns, order, groups."""
