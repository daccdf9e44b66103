"""Parts of the map page: scene, panel, notes, table of communes."""
