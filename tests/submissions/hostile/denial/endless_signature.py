"""Has a signature that never ends."""


class Endless:
    @property
    def __signature__(self):
        while True:
            pass

    def __call__(self, seed, x, n_copies, features):
        return 0


custom_lift_forward = Endless()
