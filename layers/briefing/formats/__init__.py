"""The briefing as a Word file and as a PDF."""
