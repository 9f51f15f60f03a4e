"""The conversation with a centre: which questions a record raises, and what ends them."""
