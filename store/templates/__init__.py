"""Templates filled with what is known of a period: mended in a spreadsheet, read back, compared."""
