"""The parts of an Excel workbook: package, styles, texts, sheets, what lies over them."""
