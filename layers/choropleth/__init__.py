"""The layers that colour communes: progress, investment, clearance; classes and legends."""
