"""From the sentences of a document to statements."""
