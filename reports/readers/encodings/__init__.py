"""From bytes to Vietnamese text: encodings, old fonts, texts that were decoded wrongly."""

from reports.readers.encodings.decoding import decode_text

__all__ = ["decode_text"]
