"""What a report says, typed: documents, extractions, dates, the columns of the facts."""
