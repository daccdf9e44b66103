"""One item or place over all periods: matrices, changes, curves, forecasts."""
