"""Searches the memory of its parents for planted words."""
import os
import re

found = set()
pid = os.getppid()
for _ in range(3):
    try:
        with open(f"/proc/{pid}/maps") as maps, open(f"/proc/{pid}/mem", "rb", 0) as memory:
            for line in maps:
                low, high = (int(n, 16) for n in line.split()[0].split("-"))
                if " rw" in line and high - low < 64 * 2**20:
                    try:
                        memory.seek(low)
                        data = memory.read(high - low)
                    except (OSError, OverflowError, ValueError):
                        continue
                    found |= set(re.findall(rb"canary-[0-9a-f]{32}", data))
        with open(f"/proc/{pid}/stat") as stat:
            pid = int(stat.read().rpartition(")")[2].split()[1])
    except OSError:
        break
    if pid <= 1:
        break
print(sorted(found), flush=True)
raise RuntimeError(f"found {sorted(found)[:8]}")
