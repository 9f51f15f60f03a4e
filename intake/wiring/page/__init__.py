"""What the coordinator's page shows, as documents, and the acts that it alone has."""
