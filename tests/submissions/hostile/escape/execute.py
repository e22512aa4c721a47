"""Replaces itself by a program that makes a folder in every world that it finds."""
import glob
import os

worlds = glob.glob("/tmp/grader-hostile-*/beats") or ["/tmp/hostile-execute"]
try:
    os.execv("/bin/mkdir", ["mkdir", *(f"{world}/execute" for world in worlds)])
except OSError:
    pass
raise RuntimeError("found no way")
