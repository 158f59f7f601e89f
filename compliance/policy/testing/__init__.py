"""Tests that policy editors write beside a policy: small inventories and what a policy must say of them."""
