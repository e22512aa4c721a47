"""What there is to grade: trees of files, whose they are, and how they are told apart."""

__all__ = [
    "alone",
    "blackboard",
    "brightspace",
    "canvas",
    "classroom",
    "entry",
    "find",
    "gradescope",
    "handin",
    "ids",
    "moodle",
    "names",
    "nbgrader",
    "pick",
    "tree",
]
