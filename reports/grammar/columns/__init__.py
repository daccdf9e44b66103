"""What the headings of columns mean, and their units."""
