"""What lies around the city on a map: neighbouring provinces, former borders, the sea."""
