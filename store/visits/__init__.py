"""Visits to sites: recording, photos, quality flags, ODK."""
