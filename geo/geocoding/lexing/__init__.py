"""Cutting a text into tokens and chunks, and telling what kind of word each is."""
