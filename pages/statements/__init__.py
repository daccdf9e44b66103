"""Sentences and what they say: beside the file of an import, and as questions to answer."""
