"""Raises a message that reads backwards."""


def custom_lift_forward(seed, x, n_copies, features):
    raise ValueError("\u202e001 fo 001\u202c \u2066a\u2069 \u200f\u200e\u061c \ufeff\u200b\u00ad \u2028\u2029 \U000e0041")
