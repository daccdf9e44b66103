"""Tests of the briefing."""
