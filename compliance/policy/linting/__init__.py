"""What is suspicious in a policy that loads: warnings, each with its place. They stop nothing."""
