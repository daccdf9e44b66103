"""Tables on a page: with ruling lines, with some of them, and with none."""
