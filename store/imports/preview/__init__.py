"""What a planned import says beside what is known, shown before it is accepted."""
