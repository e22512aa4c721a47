"""Prints escapes, broken UTF-8 and markup, to both streams."""
import os

import numpy as np


def custom_lift_forward(seed, x, n_copies, features):
    print("\x1b[2J\x1b]0;x\x07\u202e<script>::error::100 of 100\ud800")
    os.write(1, b"\xff\xfe\x00\x1b[31m\n" * 10)
    os.write(2, "::error::‮".encode() * 10)
    return np.zeros(features, np.float32)
