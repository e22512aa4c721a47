"""What Python says of this file quotes characters of it."""


def custom_lift_forward(seed, x, n_copies, features):
    return ‮<script>​
