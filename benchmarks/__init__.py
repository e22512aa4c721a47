"""Measurements of this grader beside what people use today; no part of the product."""
