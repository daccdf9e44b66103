"""Tests of reading ODK and Kobo exports."""
