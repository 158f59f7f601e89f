"""Policies: rules as data, their typed conditions, and the judgement of an inventory by them."""
