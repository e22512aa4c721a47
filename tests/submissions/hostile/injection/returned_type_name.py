"""Returns an object whose class's name is markup and escapes."""


def custom_lift_forward(seed, x, n_copies, features):
    return type("\x1b[31m<script>\u202e::error::100\n", (), {})()
