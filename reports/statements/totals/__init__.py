"""Totals and their parts: which figure is part of which, and whether they add up."""
