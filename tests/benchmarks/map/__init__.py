"""Tests of the map benchmark's pure parts."""
