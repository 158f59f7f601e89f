"""From a recipe to a stream of files and the facts known of them; no fingerprints yet."""
