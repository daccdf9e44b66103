"""Parts of the page that sets two periods against each other."""
