"""A whole page in one file, which needs nothing from elsewhere (trusted side).

The browser is told so: its style and its script are named by their digests, and nothing else is
let in, whatever a submission has smuggled past the escaping.
"""

import base64
import functools
import hashlib
from typing import Any

from markupsafe import Markup

from grader.html.environment import environment

STYLES = ("page.css", "verdict.css", "own.css")


def page(template: str, *, script: str = "", **values: Any) -> bytes:
    """Render a template that extends page.html.j2, with a script of ours if it is named."""
    style, code = _text(STYLES), _text((script,)) if script else ""
    policy = {
        "default-src": "'none'",
        "style-src": _digest(style),
        "script-src": _digest(code) if code else "'none'",
        "base-uri": "'none'",
        "form-action": "'none'",
    }
    text = (
        environment()
        .get_template(template)
        .render(
            policy="; ".join(f"{name} {value}" for name, value in policy.items()),
            style=Markup(style),  # ours, from a file
            script=Markup(code),
            **values,
        )
    )
    return text.encode("utf-8", "replace")


@functools.cache
def _text(names: tuple[str, ...]) -> str:
    loader = environment().loader
    assert loader is not None
    return "\n".join(loader.get_source(environment(), name)[0] for name in names)


def _digest(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
