"""What a person decides about a file that waits."""
