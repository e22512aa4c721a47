"""Raises a message that clears the screen, sets the title and links elsewhere."""


def custom_lift_forward(seed, x, n_copies, features):
    raise ValueError("\x1b[2J\x1b]0;100 of 100\x07\x1b]8;;http://x\x07ok\x1b]8;;\x07\x9b31m\x08\x08\r100 of 100")
