"""A schema document that has no fault to the `FormDefinition` that everything else uses."""
