"""Raises and prints workflow commands."""


def custom_lift_forward(seed, x, n_copies, features):
    print("::set-output name=score::100\n::error file=x::100 of 100\n##vso[task.complete result=Succeeded;]")
    raise ValueError("x\n::error file=a.py,line=1::100 of 100\n::add-mask::0\n::stop-commands::x")
