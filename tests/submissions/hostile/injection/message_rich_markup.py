"""Raises markup of the library that prints reports."""


def custom_lift_forward(seed, x, n_copies, features):
    raise ValueError("[bold green]100 of 100[/] [link=http://x]ok[/link] :thumbs_up: [/")
