"""The engine: grades one submission, on the trusted side. Knows no exercise in particular."""

__version__ = "0.1.0"
