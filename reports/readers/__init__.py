"""One module per document format: bytes in, ``reports.model.document.Document`` out."""
