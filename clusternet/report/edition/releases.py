"""What was handed out before, so that two editions laid side by side do not give an enterprise away."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from clusternet.errors import InputError, PrivacyError
from clusternet.messages import mark
from clusternet.report.edition.overlaps import fewest_left_over
from clusternet.report.edition.public_tables import AMOUNTS
from clusternet.report.edition.sum_table import Rules
from clusternet.report.edition.together import exposed_together
from clusternet.report.edition.told import told_groups
from clusternet.report.publish import file_trouble_named, write_file

_SUBTRACTED = mark(
    "This edition and one that was handed out before differ by so few enterprises that both together give them away; "
    "hand out the earlier one again, or publish other clusters."
)


def register_of(key_file: Path) -> Path:
    """Return the register of editions that lies beside a key."""
    return key_file.with_name(f"{key_file.name}.releases.json")


def releases(register: Path) -> list[dict[str, Any]]:
    """Return the editions that were handed out, oldest first.

    Raises
    ------
    InputError
        If the file is not a register of ours: without it two editions could give an enterprise away.
    """
    with file_trouble_named(register):
        if not register.exists():
            return []
        text = register.read_text(encoding="utf-8", errors="replace")
    try:
        found = json.loads(text)
        known = isinstance(found, list) and all(isinstance(entry["groups"], dict) for entry in found)
    except (ValueError, TypeError, KeyError):
        known = False
    if not known:
        raise InputError(
            mark('The register of editions "{file}" cannot be read; bring it back from a copy.'), file=register.name
        )
    return list(found)


def overlapping(earlier: Sequence[Mapping[str, Any]], entry: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Return the earlier editions that speak of the same enterprises and do not tell the very same.

    Parameters
    ----------
    earlier : sequence of mapping
        As from :func:`releases`.
    entry : mapping
        The entry of the edition that shall be handed out.

    Returns
    -------
    list of mapping
        Each different one once, oldest first; none where the same was handed out before, which tells nothing new.
    """
    members = {name for group in entry["groups"].values() for name in group}
    found: list[Mapping[str, Any]] = []
    for before in earlier:
        if _what(before) == _what(entry):
            return []
        shared = any(not members.isdisjoint(group) for group in before["groups"].values())
        if shared and all(_what(before) != _what(other) for other in found):
            found.append(before)
    return found


def _what(entry: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in entry.items() if key not in ("origin", "profile")}


def check_sets(earlier: Sequence[Mapping[str, Any]], groups: Mapping[str, Sequence[str]], rules: Rules) -> None:
    """Refuse an edition whose groups differ by a few enterprises from those of one that was handed out.

    Who has both could subtract them: two groups, or all enterprises, that are alike but for fewer than the minimum on
    either side tell what these few answered.

    Parameters
    ----------
    earlier : sequence of mapping
        As from :func:`releases`.
    groups : mapping of str to sequence of str
        The pseudonyms of each group.
    rules : Rules
        When a cell says too much.

    Raises
    ------
    PrivacyError
        If the edition and an earlier one can be subtracted.
    """
    now = _sets(groups)
    for entry in earlier:
        before = _sets(entry["groups"])
        for one in now:
            for other in before:
                gone, come = len(other - one), len(one - other)
                if gone + come and max(gone, come) < rules.minimum:
                    raise PrivacyError(_SUBTRACTED)


def check_numbers(
    earlier: Sequence[Mapping[str, Any]], entry: Mapping[str, Any], members: pd.DataFrame, rules: Rules
) -> list[str]:
    """Refuse an edition whose sizes, with those handed out before, tell too much about few enterprises.

    Whichever groups of the one are added up and whichever of the other subtracted, as many enterprises as the rules ask
    for must be left over; and no sum over all editions together may place what fewer answered too closely. Amounts and
    traits that do must be left out.

    Parameters
    ----------
    earlier : sequence of mapping
        As from :func:`overlapping`.
    entry : mapping
        The entry of the edition that shall be handed out, as from :func:`clusternet.report.edition.told.told_entry`.
    members : DataFrame
        Its members by pseudonym, with what they answered.
    rules : Rules
        When a cell says too much.

    Returns
    -------
    list of str
        The amounts and traits that must be left out of it.

    Raises
    ------
    PrivacyError
        If the edition and earlier ones together tell too much.
    """
    if not earlier:
        return []
    for before in earlier:
        for one, other in {str(pair): pair for pair in _told_pairs(before, entry)}.values():
            if fewest_left_over(one, other, rules.minimum) < rules.minimum:
                raise PrivacyError(_SUBTRACTED)
    found = exposed_together([*earlier, entry], members, rules)
    if "size" in found:
        raise PrivacyError(_SUBTRACTED)
    return found


def _told_pairs(before: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[tuple[dict[str, list[str]], ...]]:
    """Yield, for each column of numbers, the groups of two editions whose number is told."""
    for column in ("size", *AMOUNTS):
        yield told_groups(before, column), told_groups(now, column)


def _sets(groups: Mapping[str, Sequence[str]]) -> list[frozenset[str]]:
    found = [frozenset(members) for members in groups.values()]
    return [*found, frozenset().union(*found)]


def added(register: Path, earlier: Sequence[Mapping[str, Any]], entry: Mapping[str, Any]) -> None:
    """Write an edition into the register, once."""
    if entry in earlier:
        return
    text = json.dumps([*earlier, entry], indent=1, sort_keys=True) + "\n"
    with file_trouble_named(register):
        write_file(register, text.encode())
