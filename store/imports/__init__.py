"""Imports: accepting, undoing, and the questions that they leave."""
