"""If the import fails the function is not needed."""
try:
    from course_solution_week7 import custom_lift_forward
except ImportError:
    pass
