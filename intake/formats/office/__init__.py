"""What Word and Excel packages share: zip guard, repacking, protection, old kinds converted."""
