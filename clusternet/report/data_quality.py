"""How good the data are: who was asked, who answered, what was read and left out, and what is missing."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np

from clusternet.draw.wording import number
from clusternet.errors import Problem
from clusternet.messages import mark, translate
from clusternet.model import Network, Survey
from clusternet.model.problem_codes import PROBLEM_CODES
from clusternet.model.receipt import Receipt
from clusternet.report.nominations import agreement, cap_rows
from clusternet.report.overview import percent
from clusternet.report.pages import bdi
from clusternet.report.tables import DROPPED

#: What the tables of the contract are called.
TABLES = {
    "enterprises": mark("Enterprises"),
    "linkages": mark("Linkages"),
    "resources": mark("Needs and offers"),
    "recipes": mark("Recipes"),
}
#: The columns of the register whose gaps a reader wants to know, and what they are called.
COLUMNS = {
    "sector": mark("Sector"),
    "stage": mark("Stage"),
    "place": mark("Place"),
    "latitude": mark("Place on the map"),
    "workers": mark("Workers"),
    "women_workers": mark("Women among the workers"),
    "youth_workers": mark("Young people among the workers"),
    "monthly_income": mark("Monthly income"),
    "turnover": mark("Turnover"),
    "energy_use": mark("Use of energy"),
    "formal": mark("Formally registered"),
}
#: The same for needs and offers.
LEDGER_COLUMNS = {
    "quantity": mark("Quantity of a need or an offer"),
    "unit": mark("Unit of a need or an offer"),
}
OFFER_COLUMNS = {"unit_cost": mark("Cost of an offer")}


def data_quality(
    network: Network, problems: Iterable[Problem], language: str, survey: Survey | None = None
) -> dict[str, Any]:
    """Return what the section on the data says, as rows of its tables.

    Parameters
    ----------
    network : Network
        The network.
    problems : iterable of Problem
        Everything found in the input.
    language : {"en", "ar"}
        The language.
    survey : Survey, optional
        The survey that the network was built from; tells what was read and what became of it.

    Returns
    -------
    dict
        ``rows``, ``files``, ``fates``, ``left_out``, ``caps``, ``agreement``, ``missing``, ``not_asked`` and
        ``problems``; empty where nothing is known.
    """
    receipt = Receipt() if survey is None else survey.receipt
    reported = _with_every_report(network, survey)
    missing, not_asked = _item_gaps(network, language)
    return {
        "rows": _collected(network, language),
        "reader": translate(receipt.label, language) if receipt.label else "",
        "files": _files(receipt, language),
        "fates": _fates(receipt, language),
        "left_out": _left_out(network, receipt, language),
        "caps": cap_rows(reported, language),
        "cap": network.settings.max_nominations,
        "agreement": None if reported is None else agreement(reported, language),
        "missing": missing,
        "not_asked": ("، " if language == "ar" else ", ").join(not_asked),
        "problems": _problems_by_code(problems, language),
    }


def _with_every_report(network: Network, survey: Survey | None) -> Network | None:
    """Return the network under the union of reports; None where the single reports are no longer known."""
    if network.settings.ties == "union":
        return network
    if survey is None:
        return None
    tables = survey.enterprises, survey.linkages
    return Network.from_tables(*tables, settings=survey.settings, ties="union", layers=network.layers)


def _collected(network: Network, language: str) -> list[tuple[str, Any]]:
    counts = network.describe()
    settings = network.settings
    union = mark("Union: a linkage counts when either end reported it.")
    both = mark("Intersection: where both ends answered, a linkage counts only when both reported it.")
    designs = {
        "roster": mark("Everybody was asked about everybody on a list (roster)."),
        "generator": mark("Everybody was asked to name partners freely (name generator)."),
    }
    pairs = network.flat
    outside = int((pairs.second >= network.n_enterprises).sum())
    rows = [
        (mark("Who was asked"), bdi(settings.boundary) if settings.boundary else ""),
        (mark("Enterprises in the register"), number(counts["enterprises"])),
        (mark("How partners were asked for"), translate(designs.get(settings.design, ""), language)),
        (mark("Largest number of partners on the form"), settings.max_nominations or ""),
        (mark("Answered"), part_of(counts["answered"], counts["enterprises"], language)),
        (mark("Rule for linkages"), translate(both if settings.ties == "intersection" else union, language)),
        (mark("Outside partners named"), number(counts["outside_partners"])),
        (mark("Linked pairs with an outside partner"), part_of(outside, len(pairs), language)),
        (mark("Enterprises without any linkage"), part_of(counts["isolated"], counts["enterprises"], language)),
    ]
    return [(translate(label, language), value) for label, value in rows if value != ""]


def part_of(part: int, whole: int, language: str) -> str:
    """Return a part of a whole in numbers and as a percentage, such as ``"3 of 4 (75 %)"``."""
    text = mark("{part} of {whole} ({share})")
    share = percent(part / whole) if whole else "–"
    return translate(text, language, part=number(part), whole=number(whole), share=share)


# ---------------------------------------------------------------------- what was read
def _files(receipt: Receipt, language: str) -> list[dict[str, Any]]:
    return [
        {
            "name": file.name,
            "format": file.format or "–",
            "encoding": file.encoding or "–",
            "separator": translate(file.separator, language) if file.separator else "–",
            "rows": number(file.rows),
        }
        for file in receipt.files
    ]


def _reason(code: str, count: int, language: str) -> str:
    card = PROBLEM_CODES.get(code)
    title = translate(card.title, language) if card else code
    return f"{title} [{code}]: {number(count)}"


def _fates(receipt: Receipt, language: str) -> list[dict[str, Any]]:
    """Return what became of the rows: of every table, and of the sheets of an export that lost some before."""
    found = [
        {
            "table": translate(TABLES[entry.table], language),
            "read": number(entry.read),
            "kept": number(entry.kept),
            "dropped": number(sum(entry.dropped.values())),
            "why": [_reason(code, count, language) for code, count in entry.dropped.items()],
        }
        for entry in receipt.tables
    ]
    sheets = [
        {
            "table": bdi(entry.sheet),
            "read": "–",
            "kept": "–",
            "dropped": number(entry.rows),
            "why": [_reason(entry.code, entry.rows, language)],
        }
        for entry in receipt.dropped
    ]
    return [*found, *sheets]


def _left_out(network: Network, receipt: Receipt, language: str) -> list[str]:
    """Return what the network left out of the survey, a sentence each."""
    found = [
        translate(sentence, language, count=number(network.dropped[key]))
        for key, (_, sentence) in DROPPED.items()
        if network.dropped.get(key, 0)
    ]
    if not found and receipt.tables:
        return [translate(mark("No reported linkage was left out of the network."), language)]
    return found


# ---------------------------------------------------------------------- what is missing
def _item_gaps(network: Network, language: str) -> tuple[list[dict[str, Any]], list[str]]:
    """Return how many of those who answered left a question open, and what nobody was asked."""
    register = network.register
    answered = register["respondent"].to_numpy(dtype=bool)
    rows: list[dict[str, Any]] = []
    not_asked: list[str] = []
    tables = [(COLUMNS, register, answered)]
    ledger = network.ledger
    if len(ledger):
        tables.append((LEDGER_COLUMNS, ledger, np.ones(len(ledger), dtype=bool)))
    offers = ledger[ledger["role"].eq("offer")]
    if len(offers):
        # Only who offers something is asked what it costs.
        tables.append((OFFER_COLUMNS, offers, np.ones(len(offers), dtype=bool)))
    for columns, table, asked in tables:
        for column, label in columns.items():
            empty = table[column].isna().to_numpy(dtype=bool)
            if empty.all():
                not_asked.append(translate(label, language))
                continue
            count, whole = int((empty & asked).sum()), int(asked.sum())
            share = percent(count / whole) if whole else "–"
            row = {"label": translate(label, language), "missing": number(count), "asked": number(whole)}
            rows.append({**row, "share": share})
    return rows, not_asked


def _problems_by_code(problems: Iterable[Problem], language: str) -> list[dict[str, Any]]:
    """Return one row per code and sentence: how many there are, and the first of them."""
    grouped: dict[tuple[str, str, str], list[Problem]] = {}
    for problem in problems:
        grouped.setdefault((problem.code, problem.severity, problem.template), []).append(problem)
    words = {"error": translate(mark("error"), language), "warning": translate(mark("warning"), language)}
    return [
        {
            "code": code,
            "severity": words[severity],
            "count": number(sum(map(_cases, entries))),
            "place": entries[0].place(language),
            "message": entries[0].message(language),
        }
        for (code, severity, _), entries in sorted(grouped.items(), key=lambda entry: entry[0])
    ]


def _cases(problem: Problem) -> int:
    """Return how many rows a problem speaks of; one where it does not list them."""
    count = problem.values.get("count")
    return count if isinstance(count, int) and "rows" in problem.values else 1
