"""Raises its limits again."""
import resource

done = []
for kind in (resource.RLIMIT_DATA, resource.RLIMIT_AS, resource.RLIMIT_FSIZE, resource.RLIMIT_NOFILE):
    soft, hard = resource.getrlimit(kind)
    try:
        resource.setrlimit(kind, (hard + 4096, hard + 4096))
        done.append(kind)
    except (OSError, ValueError):
        pass
raise RuntimeError(f"found {'a way: canary-limits' if done else 'no way'}")
