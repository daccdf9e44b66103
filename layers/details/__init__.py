"""What is shown of one commune, item or document when it is opened."""
