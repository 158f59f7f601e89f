"""What an index and whoever asks it have to agree on; apart from the code that reads, which loads longer."""

import hashlib
from importlib import resources

K = 24
"""Tokens in a k-gram."""
WINDOW = 8
"""Of so many neighbouring k-grams, one is kept."""
API_NAMES_FILE = resources.files("compliance.origins").joinpath("data/api-names.json")
API_NAMES = API_NAMES_FILE.read_bytes()
"""JSON: the names of outside libraries, by language."""
DIALECT = f"3-k{K}-w{WINDOW}-{hashlib.sha256(API_NAMES).hexdigest()[:8]}"
"""Names the way of reading; changes whenever the same text gives other fingerprints.

An index of another dialect can't be searched.
"""
