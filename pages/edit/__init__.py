"""Forms of the page for editing items and figures."""
