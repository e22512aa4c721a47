"""Writes the JSON Schemas of what is written as JSON: python -m grader.schema [--check]."""

import json
import sys
from pathlib import Path

import msgspec

from grader.classreport import alike
from grader.core import derived, report
from grader.course import finals, handed_in
from grader.results import summary

FILE = Path(__file__).parent / "schemas" / "report.schema.json"
SCHEMAS: dict[str, tuple[str, type[msgspec.Struct]]] = {
    FILE.name: (report.SCHEMA, report.Report),
    "summary.schema.json": (summary.SCHEMA, summary.Summary),
    "final.schema.json": (finals.SCHEMA, finals.Finals),
    "handed-in.schema.json": (handed_in.SCHEMA, handed_in.File),
    "alike.schema.json": (alike.SCHEMA, alike.Listed),
}


def text(title: str = report.SCHEMA, kind: type[msgspec.Struct] = report.Report) -> str:
    """The schema of a type (the report's), generated from its fields."""
    schema = msgspec.json.schema(kind)
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": title}
    return json.dumps(head | schema, indent=2, sort_keys=True) + "\n"


def main() -> int:
    """Write the files, or tell whether they are right."""
    wanted = {FILE.with_name(name): text(*about) for name, about in SCHEMAS.items()}
    return derived.main("grader.schema", wanted)


if __name__ == "__main__":
    sys.exit(main())
