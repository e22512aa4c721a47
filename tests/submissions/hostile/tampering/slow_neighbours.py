"""Renices its parent and pins it to one processor, then puts both back."""
import os

parent, done = os.getppid(), []
if parent > 1:
    try:
        before = os.sched_getaffinity(parent)
        os.sched_setaffinity(parent, {min(before)})
        os.sched_setaffinity(parent, before)
        done.append("pinned")
    except OSError:
        pass
    try:
        os.setpriority(os.PRIO_PROCESS, parent, 5)
        os.setpriority(os.PRIO_PROCESS, parent, 0)
        done.append("reniced")
    except OSError:
        pass
raise RuntimeError(f"found {'a way' if done else 'no way'}")
