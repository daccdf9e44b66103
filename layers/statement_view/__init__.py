"""A document's sentences with what was read of them, laid out to be looked at."""
