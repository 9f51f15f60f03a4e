"""What becomes of a record's answers when only some of them come anew. Pure, but for ports."""
