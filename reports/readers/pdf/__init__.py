"""Reading PDF files that carry text."""
