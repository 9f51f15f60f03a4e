"""Who may ask the page for something, and what an answer may lead a browser to do."""
