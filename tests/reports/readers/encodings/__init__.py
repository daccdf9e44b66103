"""Encodings and old fonts."""
