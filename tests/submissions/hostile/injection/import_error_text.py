"""Raises while it is loaded, with a cause, notes and a message."""

error = ImportError("\x1b[2J\r\n::error::100 of 100\n=1+1", name="\x1b[31m", path="\x00")
error.add_note("\x1b[2J\u202e")
raise error from ValueError("\x1b]0;x\x07")
