"""People at once, through the server's own protocol, without a browser."""
