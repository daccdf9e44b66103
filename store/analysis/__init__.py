"""Comparisons and forecasts: differences of periods, contradictions, delays."""
