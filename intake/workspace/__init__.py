"""What the coordinator keeps: places, schemas, published versions, new workspaces, the lock."""
