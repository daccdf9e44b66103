"""The field page: a small page of our own that records visits without a connection."""
