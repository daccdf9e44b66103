"""Sentences and table rows into statements: subject, predicate, value, mood, time, place."""
