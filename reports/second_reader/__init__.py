"""A second reader, off by default: an endpoint of the operator's proposes, a person decides."""
