"""How a survey is read, as options of every command that reads one."""

from __future__ import annotations

import argparse
from typing import Any


def add_reading_options(added: argparse.ArgumentParser) -> None:
    """Add the options of reading to a command."""
    group = added.add_argument_group("how the survey is read")
    group.add_argument("--allow-empty", action="store_true", help="accept tables without rows")
    group.add_argument(
        "--missing-weight", type=float, metavar="W", help="weight of a linkage whose cell is empty (default: refused)"
    )


def reading_options(arguments: argparse.Namespace) -> dict[str, Any]:
    """Return the options of reading as :func:`clusternet.ingest.read_survey` takes them."""
    return {"allow_empty": arguments.allow_empty, "missing_weight": arguments.missing_weight}
