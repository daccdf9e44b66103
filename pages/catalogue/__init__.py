"""Parts of the page of all items: groups and the bar above the table."""
