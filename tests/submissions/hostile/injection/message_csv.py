"""Raises a spreadsheet formula."""


def custom_lift_forward(seed, x, n_copies, features):
    raise ValueError('=HYPERLINK("http://x";"100")\t+1,-1,@SUM(A1)')
