"""The map's own tiles: pictures of roads, rivers and buildings out of an operator's file."""
