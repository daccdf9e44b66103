"""Field grammars: what the words of one cell or sentence say, one kind of field per module."""
