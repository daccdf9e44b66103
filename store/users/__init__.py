"""Users, their passwords, areas and permissions."""
