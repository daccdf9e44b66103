"""What a document says of itself before its first section: title, issuer, dates, area."""
