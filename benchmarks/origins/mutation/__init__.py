"""Mutants of Python source: deterministic rewritings of syntax trees, and their named combinations."""
