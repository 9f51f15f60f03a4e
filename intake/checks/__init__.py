"""From raw text to typed values and findings; pure functions over a definition."""
