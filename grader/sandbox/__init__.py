"""The processes that run submissions: started, asked, timed and ended (trusted side)."""
