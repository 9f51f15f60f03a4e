"""Word forms: anchors shared by writer and reader, the writer, the reader."""
