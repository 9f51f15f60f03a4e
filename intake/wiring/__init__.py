"""The one place that sees everything: settings to use cases with real adapters."""
