"""Clearance problems, as ``store.problems`` reads them in the facts, for the layers."""

from store.problems import (
    HALF,
    MAX_SEVERITY,
    PROBLEM_COLUMNS,
    SIGNS,
    general_statements,
    problems_at,
)

__all__ = [
    "HALF",
    "MAX_SEVERITY",
    "PROBLEM_COLUMNS",
    "SIGNS",
    "general_statements",
    "problems_at",
]
