"""Excel forms: writer, reader, and the anchors their two halves share."""
