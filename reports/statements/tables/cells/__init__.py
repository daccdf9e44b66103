"""What stands in a cell: quantities, times, words, and how numbers are written."""
