"""A sample report made of the curated facts, so that anybody can try the way of a document."""
