"""The words that readers see for fields, statements and audit entries."""
