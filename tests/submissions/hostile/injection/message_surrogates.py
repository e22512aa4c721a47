"""Raises NUL, lone surrogates, noncharacters and private characters."""


def custom_lift_forward(seed, x, n_copies, features):
    raise ValueError("a\x00b\ud800c\udfffd\ufffee\uffff\U0010ffff\ue000")
