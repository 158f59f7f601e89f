"""Model weights: which files hold them, and whose families they belong to. Nothing here executes what it reads."""
