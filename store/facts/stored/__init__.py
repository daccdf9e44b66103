"""The tables of the store as facts are read from them, and the order of their observations."""
