"""Tables of the dataset as plain rows: columns, values, codebook, findings. No file format."""
