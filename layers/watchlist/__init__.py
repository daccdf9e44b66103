"""The watch list: which items need a decision, for which reasons."""
