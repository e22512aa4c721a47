"""Tries from new threads, started while loading, and from native callbacks."""
import ctypes
import glob
import os
import threading

MARK = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p)


def mark(*_):
    for world in glob.glob("/tmp/grader-hostile-*/beats"):
        try:
            os.mkdir(f"{world}/thread-{threading.get_ident()}")
        except OSError:
            pass
    return 0


threads = [threading.Thread(target=mark) for _ in range(3)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
array = (ctypes.c_int * 2)(2, 1)
ctypes.CDLL(None).qsort(array, 2, 4, MARK(mark))
raise RuntimeError("found no way")
