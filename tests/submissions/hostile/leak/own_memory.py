"""Searches its own memory, which is a copy of the zygote's."""
import re

found = set()
try:
    with open("/proc/self/maps") as maps, open("/proc/self/mem", "rb", 0) as memory:
        for line in list(maps):
            low, high = (int(n, 16) for n in line.split()[0].split("-"))
            if line.split()[1].startswith("rw") and high - low < 64 * 2**20:
                try:
                    memory.seek(low)
                    data = memory.read(high - low)
                except (OSError, OverflowError, ValueError):
                    continue
                found |= set(re.findall(rb"canary-[0-9a-f]{32}", data))
except OSError:
    pass
print(sorted(found), flush=True)
raise RuntimeError(f"found {sorted(found)}")
