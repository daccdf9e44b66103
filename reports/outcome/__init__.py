"""What became of everything that a document shows: of each cell, each column, each page."""
