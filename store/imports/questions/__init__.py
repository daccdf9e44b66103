"""Questions of an import: what they share, which come first, what is typed as their answer."""
