"""Visits that were recorded with ODK or Kobo: reading what those programs export."""
