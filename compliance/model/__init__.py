"""Immutable nouns of the domain. No input or output happens here."""
