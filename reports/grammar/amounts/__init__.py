"""Amounts of money: in sentences, and in the cells of a money column."""
