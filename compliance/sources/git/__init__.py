"""Git repositories, read without ever running what they configure."""
