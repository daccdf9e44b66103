"""The facts as kept: frames with a version, and queries over periods."""
