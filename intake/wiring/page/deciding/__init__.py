"""What waits for a decision, as the page shows it: the list, one file, its pictures, its fields."""
