"""The parts of Office Open XML that Word documents are made of."""
