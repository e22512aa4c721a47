"""What a student sees in a terminal, part by part; `render` puts it together (trusted side).

Colour only repeats what the words say. A mark that the terminal's encoding cannot carry has an
ASCII one in its place.
"""

__all__ = ["render"]
