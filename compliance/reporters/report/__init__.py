"""What a report says, whatever its format: sections of blocks that each format draws in its own way."""
