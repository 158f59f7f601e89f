"""Whether a signed report is what was signed, what its assessment gives, and has its evidence in the source."""
