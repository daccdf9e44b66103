"""Parts of the page of all items: groups, the bar above the table, and choosing one item."""
