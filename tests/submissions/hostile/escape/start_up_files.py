"""Puts a .pth file, a sitecustomize and a module into site-packages."""
import os
import sys

for folder in [f for f in sys.path if "site-packages" in f]:
    for name in ("hostile_marker.pth", "hostile_marker.py"):
        try:
            with open(os.path.join(folder, name), "w") as file:
                file.write("import hostile_marker\n")
        except OSError:
            pass
raise RuntimeError("found no way")
