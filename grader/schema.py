"""Writes the report's JSON Schema: python -m grader.schema [--check]."""

import json
import sys
from pathlib import Path

import msgspec

from grader.report import SCHEMA, Report

FILE = Path(__file__).with_name("report.schema.json")


def text() -> str:
    """The schema, generated from the types of `grader.report`."""
    schema = msgspec.json.schema(Report)
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": SCHEMA}
    return json.dumps(head | schema, indent=2, sort_keys=True) + "\n"


def main() -> int:
    """Write the file, or tell whether it is right."""
    if "--check" in sys.argv[1:]:
        current = FILE.read_text("utf-8") if FILE.exists() else ""
        if current != text():
            print(f"{FILE.name} is stale: run python -m grader.schema")
            return 1
        return 0
    FILE.write_text(text(), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
