"""One module per document format: bytes in, ``reports.document.Document`` out."""
