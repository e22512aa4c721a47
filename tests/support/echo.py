"""A program for tests of `forked`: says what it was given, and ends with 7."""

import os
import sys
import time

if __name__ == "__main__":
    if sys.argv[1:] == ["hang"]:
        time.sleep(600)
    print(sys.argv[1:], os.path.realpath(os.curdir), os.environ.get("NEW"), sys.stdin.read())
    print("to the other", file=sys.stderr)
    sys.exit(7)
