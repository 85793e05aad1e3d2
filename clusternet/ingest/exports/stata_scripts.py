"""Stata scripts beside tables of codes: what each code means, and what each column is called."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

_TEXT = r"""(?:`"(?P<long>.*?)"'|"(?P<short>[^"]*)")"""
_DEFINE = re.compile(r"^[ \t]*(?:la|label)[ \t]+define[ \t]+(?P<set>\w+)[ \t]+(?P<codes>.*)$", re.MULTILINE)
_CODE = re.compile(r"(?P<code>-?[0-9]+)[ \t]+" + _TEXT)
_VALUES = re.compile(r"^[ \t]*(?:la|label)[ \t]+values[ \t]+(?P<column>\w+)[ \t]+(?P<set>\w+)", re.MULTILINE)
_VARIABLE = re.compile(r"^[ \t]*(?:la|label)[ \t]+variable[ \t]+(?P<column>\w+)[ \t]+" + _TEXT, re.MULTILINE)


@dataclass(frozen=True, eq=False)
class Labels:
    """What a script says of one table.

    Parameters
    ----------
    codes : mapping of str to mapping of str to str
        For each column of codes, what each code means.
    columns : mapping of str to str
        The label of each column.
    """

    codes: Mapping[str, Mapping[str, str]]
    columns: Mapping[str, str]


def labels_in(script: bytes) -> Labels:
    r"""Return the labels that a Stata script defines.

    Parameters
    ----------
    script : bytes
        The script, UTF-8; what is not is taken as it looks.

    Returns
    -------
    Labels
        Empty where the script defines none.

    Examples
    --------
    >>> labels_in(b'label define yn 1 `"Yes"\' 2 `"No"\'\nlabel values consent yn').codes["consent"]
    {'1': 'Yes', '2': 'No'}
    """
    # A line that ends with three slashes goes on below.
    text = re.sub(r"///[ \t]*\r?\n", " ", script.decode("utf-8-sig", "replace")).replace("\r", "")
    sets: dict[str, dict[str, str]] = {}
    for found in _DEFINE.finditer(text):
        codes = sets.setdefault(found["set"], {})
        codes |= {code["code"]: code["long"] or code["short"] or "" for code in _CODE.finditer(found["codes"])}
    named = {found["column"]: sets[found["set"]] for found in _VALUES.finditer(text) if found["set"] in sets}
    columns = {found["column"]: found["long"] or found["short"] or "" for found in _VARIABLE.finditer(text)}
    return Labels(named, columns)
