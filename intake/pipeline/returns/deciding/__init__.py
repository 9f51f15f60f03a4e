"""What becomes of a file that was read: pure decisions, no port in sight."""
