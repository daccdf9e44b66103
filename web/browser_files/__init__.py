"""Files for browsers: as few bytes as they can be, told early, kept for good."""
