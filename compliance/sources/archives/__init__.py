"""Archives, unpacked into a private folder within caps."""
