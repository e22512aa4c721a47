"""Tells the environments and command lines of every process that it may read."""
import glob
import re

found = set()
for path in glob.glob("/proc/[0-9]*/environ") + glob.glob("/proc/[0-9]*/cmdline"):
    try:
        with open(path, "rb") as file:
            found |= set(re.findall(rb"canary-[0-9a-f]{32}", file.read()))
    except OSError:
        pass
print(sorted(found), flush=True)
raise RuntimeError(f"found {sorted(found)}")
