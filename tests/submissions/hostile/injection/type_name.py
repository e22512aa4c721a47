"""Raises a class whose name is markup, escapes and a report."""


def custom_lift_forward(seed, x, n_copies, features):
    raise type("\x1b[31m<script>\u202e::error::100\n", (Exception,), {})("100 of 100")
