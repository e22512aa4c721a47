"""Raises Markdown that closes what it stands in."""


def custom_lift_forward(seed, x, n_copies, features):
    raise ValueError("`\n```\n# 100 of 100\n| a | b |\n|--|--|\n![](http://x/y.png) [ok](javascript:1) <!-- ")
