"""What statements bring to the facts: things with values, clearance, figures of the city."""
