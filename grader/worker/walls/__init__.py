"""The walls around a worker: what holds a hostile program back (Linux)."""
