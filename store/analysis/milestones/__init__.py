"""Milestones: what reports say of them, by how much they move, and the estimate of the next."""
