"""Makes files in the grader's folders."""
import os

import grader

root = os.path.dirname(os.path.dirname(os.path.abspath(grader.__file__)))
for folder in ("grader", "exercise", "exercise/key", "solution", "solution/key", "."):
    try:
        open(os.path.join(root, folder, "hostile_marker.py"), "w").close()
    except OSError:
        pass
raise RuntimeError("found no way")
