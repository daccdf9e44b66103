"""The clearance register: cases, suggested cases, levels of escalation."""
