"""From bytes to Vietnamese text: encodings, old fonts, texts that were decoded wrongly."""
