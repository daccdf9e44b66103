"""Tests of the load benchmark's pure parts."""
