# coding: zlib
"""Names a codec that does not give text."""
