"""The libraries that a student needs, pinned: python -m grader.bundles.kit.pins [--check].

A choice from the project's own requirements.txt: what the grader depends on, directly or not, on
any system that JAX has releases for.
"""

import sys
from importlib.metadata import requires
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import grader
from grader.core import derived

FILE = Path(__file__).with_name("requirements.txt")
PROJECT = grader.ROOT / "requirements.txt"
ROOT = Requirement("lift-grader[watch]")
HEAD = "# What the grader needs, pinned. Written by: python -m grader.bundles.kit.pins"
SYSTEMS = {"linux": "Linux", "darwin": "Darwin", "win32": "Windows"}
# Needed on Windows only, so that the project's own list, made on Linux, does not have them.
ELSEWHERE = {"colorama": "colorama==0.4.6", "nest-asyncio": "nest-asyncio==1.6.0"}


def needed(platform: str) -> set[str]:
    """Names of all that the grader needs on a platform, without the grader."""
    system = {"sys_platform": platform, "platform_system": SYSTEMS[platform]}
    found: dict[str, set[str]] = {}
    waiting = [ROOT]
    while waiting:
        requirement = waiting.pop()
        name = canonicalize_name(requirement.name)
        extras = requirement.extras | {""}
        if name in ELSEWHERE or extras <= found.get(name, set()):
            found.setdefault(name, set())
            continue
        found[name] = found.get(name, set()) | extras
        for line in requires(name) or ():
            other = Requirement(line)
            marker = other.marker
            if marker is None or any(marker.evaluate({**system, "extra": e}) for e in extras):
                waiting.append(other)
    return set(found) - {canonicalize_name(ROOT.name)}


def text() -> str:
    """The file: one line a library, with a marker where not every platform needs it."""
    lines = [line for line in PROJECT.read_text("utf-8").splitlines() if "==" in line]
    pins = {canonicalize_name(line.split("==")[0]): line for line in lines} | ELSEWHERE
    platforms = {platform: needed(platform) for platform in SYSTEMS}
    chosen = [HEAD]
    for name in sorted(set().union(*platforms.values())):
        where = [platform for platform, names in platforms.items() if name in names]
        marker = " or ".join(f'sys_platform == "{platform}"' for platform in where)
        chosen.append(pins[name] + ("" if len(where) == len(SYSTEMS) else f" ; {marker}"))
    return "\n".join(chosen) + "\n"


def main() -> int:
    """Write the file, or tell whether it is right."""
    return derived.main("grader.bundles.kit.pins", {FILE: text()})


if __name__ == "__main__":
    sys.exit(main())
