"""What every page stands in: the context, the state of the view, HTML helpers, styles."""
