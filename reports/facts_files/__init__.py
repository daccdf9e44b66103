"""The curated tables of ``data/facts`` and the Excel template of the same columns."""
