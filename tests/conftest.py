"""How many examples the property tests try: always the same ones, or many random ones on request."""

from hypothesis import settings

settings.register_profile("repeatable", derandomize=True, database=None, deadline=None)
settings.register_profile("searching", max_examples=2_000, deadline=None, print_blob=True)
"""For `make properties`: looks for counterexamples that a normal run doesn't meet."""
settings.load_profile("repeatable")
