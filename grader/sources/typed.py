"""Programs that came as something else: texts, pages of a text box, notebooks as text (trusted).

What a student typed into a text box is HTML by the time a platform packs it. It is graded where the
text that it shows is Python and defines the function; where that is not certain, it is not graded.
"""

import ast
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import PurePosixPath

from grader.core.submission import NOTEBOOK, UnreadableError, is_notebook
from grader.notebook import file
from grader.notebook.magics import ERRORS, plain
from grader.sources.names import PAGES, program_name

MAX_PAGE = 256 * 1024
MAX_PARSED = 128 * 1024
_BLOCKS = {"p", "div", "br", "li", "tr", "ul", "ol", "table", "pre", "body", "blockquote"}
_UNSEEN = {"head", "title", "style", "script", "h1", "h2", "h3", "h4", "h5", "h6"}
_FENCED = re.compile(r"^```\w*[ \t]*\r?\n(.*?)^```", re.M | re.S)  # in Markdown
_SPACES = re.compile(r"[ \t\r\n]+")


def defines(name: str, content: bytes, function: str) -> bool:
    """Tell whether a program binds the function at its top level, with a def or as a variable.

    Where Python cannot read the program, a line that begins so is enough: it was meant.
    """
    if function.encode() not in content:
        return False
    if is_notebook(name):
        try:
            cells = file.read(content)
        except file.NotebookError:
            return False
        return any(function in c.text and _defines(plain(c.text), function) for c in cells)
    return _defines(content.decode("utf-8-sig", "replace"), function)


def _defines(text: str, function: str) -> bool:
    tree = _parsed(text)
    if tree is not None:
        return any(function in bound for bound in _bound(tree.body))
    name = re.escape(function)
    return re.search(rf"^(?:(?:async\s+)?def\s+{name}\b|{name}\s*[:=])", text, re.M) is not None


def _parsed(text: str) -> ast.Module | None:
    try:
        return ast.parse(text) if len(text) <= MAX_PARSED else None
    except ERRORS:
        return None


def _bound(body: list[ast.stmt]) -> Iterator[set[str]]:
    """The names that statements define; those of an `if`, `try` or `with` too. No imports."""
    left: list[ast.stmt | ast.ExceptHandler] = [*body]
    while left:
        node = left.pop()
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield {node.name}
            continue
        targets = getattr(node, "targets", [getattr(node, "target", None)])
        yield {t.id for t in targets if isinstance(t, ast.Name)}
        for part in ("body", "orelse", "finalbody", "handlers"):
            inner = getattr(node, part, [])
            left += [s for s in inner if isinstance(s, ast.stmt | ast.ExceptHandler)]


def as_program(name: str, content: bytes) -> tuple[str, bytes]:
    """Name a program for what it holds: a notebook may be called .py, and a program .ipynb."""
    given = program_name(PurePosixPath(name))
    stem = PurePosixPath(given or name).stem
    head = content[:4096].removeprefix(b"\xef\xbb\xbf").lstrip()
    if head.startswith(b"{") and (is_notebook(given) or b'"cell_type"' in content):
        return f"{stem}{NOTEBOOK}", content
    if is_notebook(given) and head and not head.startswith(b"{"):
        text = content.decode("utf-8-sig", "replace")
        return (f"{stem}.py" if _parsed(text) is not None else f"{stem}{NOTEBOOK}"), content
    return name, content


def program_in(name: str, content: bytes, function: str) -> bytes:
    """The program that a text or a page holds; raises UnreadableError where none is certain."""
    path, text = PurePosixPath(name), content.decode("utf-8-sig", "replace")
    is_page = path.suffix.lower() in PAGES
    texts = [text, "\n".join(_FENCED.findall(text))]
    if is_page:
        texts = [*_Page.texts(text)] if len(content) <= MAX_PAGE else []
    for shown in texts:
        if _parsed(shown) is not None and _defines(shown, function):
            return content if shown is text else shown.encode("utf-8", "replace")
    if not any(function in shown for shown in texts):
        raise UnreadableError(f"{path.name} holds no program with {function}.")
    why = "; a text box may have changed its indentation or its quotes" if is_page else ""
    raise UnreadableError(
        f"{path.name} names {function}, and its text is not Python as it stands{why}."
    )


class _Page(HTMLParser):
    """The text of a page: what is shown, what stands in `pre`, and what was typed line by line."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._unseen: list[str] = []
        self._in_pre = 0
        self.shown: list[str] = []
        self.typed: list[str] = []
        self.pre: list[str] = []

    @classmethod
    def texts(cls, source: str) -> Iterator[str]:
        """Each way to read the page, the likeliest first."""
        page = cls()
        page.feed(source)
        page.close()
        for parts in (page.pre, page.shown, page.typed):
            lines = "".join(parts).replace("\xa0", " ").replace("\u200b", "").split("\n")
            yield "\n".join(line.rstrip() for line in lines).strip("\n") + "\n"

    def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002
        if tag in _UNSEEN:
            self._unseen.append(tag)
        self._in_pre += tag == "pre"
        self._break(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in self._unseen:
            del self._unseen[self._unseen.index(tag) :]
        self._in_pre -= tag == "pre" and self._in_pre > 0
        if tag != "br":
            self._break(tag)

    def handle_data(self, data: str) -> None:
        if self._unseen:
            return
        self.typed.append(data)
        if self._in_pre:
            self.pre.append(data)
            self.shown.append(data)
            return
        text = _SPACES.sub(" ", data)
        new_line = not self.shown or self.shown[-1].endswith("\n")
        self.shown.append(text.removeprefix(" ") if new_line else text)

    def _break(self, tag: str) -> None:
        if tag not in _BLOCKS or self._unseen:
            return
        for parts in (self.shown, self.typed, *([self.pre] if self._in_pre else [])):
            if tag == "br" or (parts and not parts[-1].endswith("\n")):
                parts.append("\n")
