"""Measurements that print a table: speed, size and accuracy, side by side in one run."""
