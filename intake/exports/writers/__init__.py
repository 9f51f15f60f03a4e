"""Tables of the dataset as files: CSV and the data package that describes them."""
