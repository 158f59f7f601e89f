"""How many examples the property tests try: always the same ones, or many random ones on request.

And where the license index lies: making it anew for each test with a cache of its own would take seconds each.
"""

import os

from hypothesis import settings

from tests.samples.packages import WORK

os.environ.setdefault("COMPLIANCE_LICENSE_INDEX_DIR", str(WORK / "license-index"))

settings.register_profile("repeatable", derandomize=True, database=None, deadline=None)
settings.register_profile("searching", max_examples=2_000, deadline=None, print_blob=True)
"""For `make properties`: looks for counterexamples that a normal run doesn't meet."""
settings.load_profile("repeatable")
