"""Lists as paper has them, asked for when a page is printed."""
