"""The processes that run submissions: started, asked, timed and ended (trusted side)."""

__all__ = ["cache", "doctor", "environment", "handle", "sandbox"]
