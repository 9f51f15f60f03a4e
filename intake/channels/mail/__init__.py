"""Messages as files and over servers: drafts, SMTP, IMAP. What they say is decided elsewhere."""
