"""Sections of the page of a project."""
