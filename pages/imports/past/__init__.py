"""What was imported before: approving its periods."""
