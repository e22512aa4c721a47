"""The walls around a worker: what holds a hostile program back (Linux)."""

__all__ = ["bubblewrap", "libc", "limits", "lock", "namespaces", "orphans", "readable"]
