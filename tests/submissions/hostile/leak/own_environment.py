"""Tells its environment, as it is and as the kernel remembers it."""
import os
import re

text = repr(dict(os.environ)).encode()
try:
    with open("/proc/self/environ", "rb") as file:
        text += file.read()
except OSError:
    pass
found = sorted(set(re.findall(rb"canary-[0-9a-f]{32}", text)))
print(found, flush=True)
raise RuntimeError(f"found {found}")
