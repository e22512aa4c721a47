"""Raises an exception that never finishes saying what it is."""


class Endless(Exception):
    def __str__(self):
        while True:
            pass

    __repr__ = __str__


def custom_lift_forward(seed, x, n_copies, features):
    raise Endless
