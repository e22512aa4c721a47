"""Empties, renames, removes and changes the mode of files that anyone may write."""
import glob
import os

for path in glob.glob("/tmp/grader-hostile-*/home/*") + glob.glob("/tmp/grader-hostile-*/*.json"):
    for change in (
        lambda: os.chmod(path, 0o600),
        lambda: os.utime(path, (0, 0)),
        lambda: os.truncate(path, 0),
        lambda: open(path, "w").close(),
        lambda: os.rename(path, path + "-hostile"),
        lambda: os.unlink(path),
    ):
        try:
            change()
        except OSError:
            pass
raise RuntimeError("found no way")
