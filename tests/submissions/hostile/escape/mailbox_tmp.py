"""Leaves a message in the names of empty folders, or reads it."""
import os

found = "no message"
for folder in ("/tmp", "/var/tmp", "/dev/shm", "."):
    try:
        os.mkdir(os.path.join(folder, "hostile-mail-100"))
    except FileExistsError:
        found = "a message"
    except OSError:
        pass
raise RuntimeError(f"found {found}")
