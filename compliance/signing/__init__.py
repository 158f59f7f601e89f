"""Signed reports: keys, envelopes and the statement that is signed."""
