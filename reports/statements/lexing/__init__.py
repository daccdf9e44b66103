"""The words of a sentence: phrases, quantities, times, names of what statements are about."""
