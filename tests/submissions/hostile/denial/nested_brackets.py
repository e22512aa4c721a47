"""Nests brackets without closing them, just below the parser's limit."""
n = [{([{([{([{([{([{([{([{([{([{([{([{([{([{([{([{([{([{([{([{([{([{([{([{([{([{([{([{([{([{([{([{([{([{([{([{([{([{([{([{([{([{([{([{([{([{([{([{([{([{([{([{([{([{([{([{([{([{([{([{([{([{([{([{([{(

def custom_lift_forward(seed, x, n_copies, features):
    return 0
