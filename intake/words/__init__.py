"""Every sentence people read, per language; nothing else knows words."""
