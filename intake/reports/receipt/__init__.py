"""The receipt of one file: its JSON document, and its page as a centre reads it."""
