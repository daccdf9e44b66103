"""Parts of the import page: preview, history, ODK."""
