"""What a run shows, in numbers, Modules, exceptions: facts for the diagnosis, and no sentence."""
