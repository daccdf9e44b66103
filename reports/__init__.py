"""What reports say: the schema of the curated tables and their reading."""
