"""Map layers, figures and panels: pure functions from facts and filters to tables."""
