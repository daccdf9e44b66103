"""Lists beside the map."""
