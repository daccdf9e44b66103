"""The steps that brought the tables of the store to their present form."""
