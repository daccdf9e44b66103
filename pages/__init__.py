"""The pages: each composes what the layers give and shows it; no figure is worked out here."""
