"""What scanning costs a file, and what a whole hub of models would cost by that."""
