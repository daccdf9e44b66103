"""What the pages of a PDF draw: by pdfminer, and by pdfium as a picture."""
