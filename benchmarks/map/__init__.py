"""What a browser shows of the map, and how soon."""
