"""What waits for a decision, as the coordinator reads it: page, crops, choices."""
