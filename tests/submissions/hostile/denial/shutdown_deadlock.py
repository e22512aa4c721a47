"""Blocks in native code with the interpreter's lock held."""
import ctypes


def custom_lift_forward(seed, x, n_copies, features):
    ctypes.PyDLL(None).pause()
    while True:
        ctypes.PyDLL(None).pause()
