# -*- coding: 100-of-100-points -*-
"""Names a coding that does not exist, which Python quotes."""
