"""What happens when: verbs, their times, and ceremonies on the day of others."""
