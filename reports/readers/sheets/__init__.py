"""Reading sheets: workbooks of every kind, and CSV."""
