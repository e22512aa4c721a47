"""Returns an object whose every attribute takes for ever."""


class Endless:
    def __getattribute__(self, name):
        while True:
            pass


def custom_lift_forward(seed, x, n_copies, features):
    return Endless()
