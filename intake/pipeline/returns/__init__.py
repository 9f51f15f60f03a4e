"""What happens to a returned file: look, read, check, decide, save, deliver."""
