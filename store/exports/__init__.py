"""Exports of what is filtered: one content, one module per format, one function that makes them."""
