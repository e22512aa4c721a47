"""What a student sees in a terminal, part by part (trusted side); grader.screen.render puts it together.

Colour only repeats what the words say. A mark that the terminal's encoding cannot carry has an
ASCII one in its place.
"""
