"""There is something of that name, of a class with a hostile name."""

custom_lift_forward = type("\x1b[31m<script>\n::error::\u202e" + "C" * 1000, (), {})()
