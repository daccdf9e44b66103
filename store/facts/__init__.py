"""The facts as known at a period: frames with a version, filters and what follows from them."""
