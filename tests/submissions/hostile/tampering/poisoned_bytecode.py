"""Writes bytecode into the folders in which Python looks for it."""
import glob
import importlib.util
import os
import sys

for folder in [f for f in sys.path if "site-packages" in f]:
    for cache in [*glob.glob(f"{folder}/__pycache__"), *glob.glob(f"{folder}/flax/__pycache__")]:
        try:
            with open(os.path.join(cache, "hostile_marker.cpython-311.pyc"), "wb") as file:
                file.write(importlib.util.MAGIC_NUMBER)
        except OSError:
            pass
raise RuntimeError("found no way")
