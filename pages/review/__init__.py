"""The questions that an import leaves: values, items and places, sentences, what is left over."""
