"""Contradictions that only the words of the documents show."""
