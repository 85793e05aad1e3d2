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
    group.add_argument(
        "--encoding-errors",
        default="first",
        metavar="first|report",
        help="name the first row in a wrong encoding, or report all of them (default: first)",
    )
    group.add_argument(
        "--on-conflict",
        default="error",
        metavar="error|first|last",
        help="enterprises that stand twice with other values: refused, or the first or last is kept (default: error)",
    )
    group.add_argument(
        "--add-missing",
        action="store_true",
        help="add enterprises that only linkages name to the register, as unregistered",
    )
    group.add_argument(
        "--memory-limit", metavar="SIZE", help="memory that the work may need, such as 2GB (default: what there is)"
    )


def reading_options(arguments: argparse.Namespace) -> dict[str, Any]:
    """Return the options of reading as :func:`clusternet.ingest.read_survey` takes them."""
    return {
        "allow_empty": arguments.allow_empty,
        "missing_weight": arguments.missing_weight,
        "encoding_errors": arguments.encoding_errors,
        "on_conflict": arguments.on_conflict,
        "add_missing": arguments.add_missing,
        "memory_limit": arguments.memory_limit,
    }
