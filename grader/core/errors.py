"""Whose fault a failure is, decided where it is raised (trusted side)."""


class UsageError(Exception):
    """The person at the command line asked for something that cannot be: exit 2."""


class GraderError(Exception):
    """We failed: the score is withheld, never lowered: exit 3."""


class WorkerEndedError(Exception):
    """The worker's process is gone, or what it sent is no frame of ours: the submission's doing."""
