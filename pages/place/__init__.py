"""Sections of the page of a commune or former district."""
