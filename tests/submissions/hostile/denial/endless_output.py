"""Prints without an end, to both streams."""
import os


def custom_lift_forward(seed, x, n_copies, features):
    while True:
        os.write(1, b"canary? no: only noise\n" * 2000)
        os.write(2, b"\x1b[31mnoise" * 2000)
