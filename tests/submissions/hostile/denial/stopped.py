"""Stops itself."""
import os
import signal


def custom_lift_forward(seed, x, n_copies, features):
    os.kill(os.getpid(), signal.SIGSTOP)
    while True:
        os.kill(os.getpid(), signal.SIGSTOP)
