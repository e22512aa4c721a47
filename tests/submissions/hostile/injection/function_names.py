"""Has no such function, but others that are called alike and look different."""

globals()["custom_lift_forward\x1b[31m"] = lambda: 0
globals()["custom_lift_forw\u202eard"] = lambda: 0
globals()["<b>custom_lift_forward</b>"] = lambda: 0
for i in range(5000):
    globals()[f"custom_lift_forwar{i}"] = lambda: 0
