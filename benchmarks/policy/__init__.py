"""How fast policies are judged by."""
