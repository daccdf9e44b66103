"""Lists beside the map: what each layer is about, row by row."""
