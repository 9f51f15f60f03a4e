"""The one module that knows CEL: compile and evaluate the expressions of a schema."""
