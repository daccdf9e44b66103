"""Tests of the scale benchmark's pure parts."""
