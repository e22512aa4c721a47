"""Checks your answer: python check.py [FILE], python check.py hint, python check.py --watch.

The first call sets up what it needs beside this file. README.md says more.
"""

import os
import sys

OLDEST = (3, 11)


def start():  # type: ignore[no-untyped-def]  # old Pythons, which know no types, read this too
    """Say so where Python is too old; otherwise go on with what lies in lib/."""
    if sys.version_info[:2] < OLDEST:
        message = "This needs Python %d.%d or newer, and it was called with Python %d.%d.\n"
        versions = OLDEST + tuple(sys.version_info[:2])
        sys.stderr.write(message % versions)
        sys.stderr.write("Newer ones are at https://www.python.org/downloads/ ; with several\n")
        sys.stderr.write("installed, call one by name: python3.12 check.py, or py -3.12 check.py\n")
        return 2
    here = os.path.dirname(os.path.abspath(__file__))  # noqa: PTH100, PTH120  # as above
    sys.path.insert(0, os.path.join(here, "lib"))  # noqa: PTH118  # as above
    from grader.bundles.kit import launcher

    return launcher.main(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(start())  # type: ignore[no-untyped-call]  # see there
