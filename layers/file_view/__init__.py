"""A report's file laid out to be looked at beside what was read of it."""
