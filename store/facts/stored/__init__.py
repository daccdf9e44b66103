"""The tables of the store as the facts are read from them: of now, and of an approval."""
