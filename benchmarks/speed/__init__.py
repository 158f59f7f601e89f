"""What whole commands cost, beside ScanCode's and other tools: measure, keep records, draw the document."""
