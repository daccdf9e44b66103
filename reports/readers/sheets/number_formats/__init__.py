"""What a spreadsheet shows of a number, day or text by its number format."""
