"""Reading scanned pages: images, table grids, Tesseract."""
