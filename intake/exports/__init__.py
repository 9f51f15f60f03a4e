"""The dataset as files: CSV, codebook, data package."""
