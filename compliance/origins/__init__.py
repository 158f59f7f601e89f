"""Where code comes from: tokens, fingerprints, the index of known code, lineage and attribution."""
