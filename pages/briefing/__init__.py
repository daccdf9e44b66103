"""Parts of the leaders' page: sections, downloads, presentation."""
