"""Statements read from a text, judged against facts that a person took from it."""
