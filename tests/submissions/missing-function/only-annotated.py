"""An annotation defines the function."""
from typing import Callable

custom_lift_forward: Callable
