"""Accounts, sessions and saved views."""
