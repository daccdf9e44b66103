"""What is said: figures, events, conditions and relations, each with its mood."""
