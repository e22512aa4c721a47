"""A signature whose defaults and annotations print as escapes."""


class Loud:
    def __repr__(self):
        return "\x1b[2J\n::error::\u202e<script>" + "B" * 100_000


def custom_lift_forward(seed: Loud(), x, other=Loud(), *, y):
    return 0
