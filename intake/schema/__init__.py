"""From a JSON schema to a form definition, and the checks on the schema itself."""
