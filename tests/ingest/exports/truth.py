"""What the simulated respondents said as the contract's tables, without any export between."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any

from tests.ingest.exports.form_model import Form, Submission
from tests.ingest.exports.simulation import register

_NO_LAYERS: Mapping[str, str] = MappingProxyType({})

#: The columns of the truth; what is not asked stays empty.
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "enterprises": (
        "enterprise_id name name_alt sector stage place latitude longitude workers women_workers youth_workers "
        "monthly_income turnover energy_use formal respondent consent_publish founded"
    ).split(),
    "linkages": "source target layer weight reporter frequency amount unit".split(),
    "resources": "enterprise_id resource role factor quantity unit unit_cost".split(),
    "recipes": "product stage input quantity".split(),
}


def tables_of(
    form: Form, submissions: Sequence[Submission], *, roster: bool, layers: Mapping[str, str] = _NO_LAYERS
) -> dict[str, list[dict[str, str]]]:
    """What the respondents said, as the contract's tables, without any export between.

    ``layers`` gives the layer of a section's name without its side, where that is not the name itself.

    Who refused leaves nothing behind: no row in a survey that found its enterprises by asking; in a roster the row
    of the register, as one who did not answer.
    """
    tables: dict[str, list[dict[str, str]]] = {name: [] for name in COLUMNS}
    for submission in submissions:
        if submission.answers.get("consent") != "no":
            _add(tables, form, submission.answers, layers)
    if roster:
        answered = {row["enterprise_id"]: row for row in tables["enterprises"]}
        tables["enterprises"] = [
            {"name": name, **answered.get(key, {"enterprise_id": key, "respondent": "no"})} for key, name in register()
        ]
    return tables


def _add(
    tables: dict[str, list[dict[str, str]]], form: Form, answers: Mapping[str, Any], layers: Mapping[str, str]
) -> None:
    me = answers["enterprise_id"]
    row = {name: answers[name] for name in COLUMNS["enterprises"] if name in answers}
    if "location" in answers:
        row["latitude"], row["longitude"] = answers["location"].split()[:2]
    tables["enterprises"].append({**row, "respondent": "yes"})
    for word, role in (("need", "need"), ("offer", "offer")):
        for entry in answers.get(f"{word}s", ()):
            given = {name.removeprefix(f"{word}_"): value for name, value in entry.items()}
            tables["resources"].append({**given, "enterprise_id": me, "role": role})
    for product in answers.get("products", ()):
        made = {"product": product["product_name"], "stage": product.get("product_stage", "")}
        inputs = product.get("inputs") or [{}]
        for used in inputs:
            recipe = {"input": used.get("input_name", ""), "quantity": used.get("input_quantity", "")}
            tables["recipes"].append({**made, **recipe})
    for section in sections(form):
        layer, side = section.rsplit("_", 1)
        named = [{"partner": key} for key in answers.get(f"{section}_partners", ())]
        named += [{"partner": line} for line in answers.get(f"{section}_others", "").splitlines()]
        named += [
            {key.removeprefix(f"{section}_"): value for key, value in entry.items()}
            for entry in answers.get(section, ())
        ]
        for entry in named:
            ends = (entry["partner"], me) if side == "from" else (me, entry["partner"])
            said = {key: entry[key] for key in ("weight", "frequency", "amount", "unit") if key in entry}
            tables["linkages"].append(
                {"source": ends[0], "target": ends[1], "layer": layers.get(layer, layer), "reporter": me, **said}
            )


def sections(form: Form) -> list[str]:
    """The sections that ask for partners, by their questions' names."""
    endings = ("_partner", "_partners")
    names = [entry.name for entry in form.fields if entry.name.endswith(endings)]
    return list(dict.fromkeys(name.removesuffix("s").removesuffix("_partner") for name in names))


def write_tables(folder: Path, tables: Mapping[str, Sequence[Mapping[str, str]]]) -> Path:
    """Write the truth as a folder of our own CSV tables."""
    folder.mkdir()
    for name, rows in tables.items():
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, COLUMNS[name], restval="")
            writer.writeheader()
            writer.writerows(rows)
    return folder
