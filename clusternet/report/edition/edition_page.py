"""The page of an edition, in one language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib import resources
from typing import Any

import pandas as pd

from clusternet import __version__
from clusternet.draw.wording import number
from clusternet.messages import mark, translate
from clusternet.model.scores import MetricCard
from clusternet.report.edition.picture import picture
from clusternet.report.edition.public_tables import (
    CONFIDENTIAL,
    TRAIT_LABELS,
    PublicTables,
    described_category,
)
from clusternet.report.pages import render

_ARROWS = {"higher": "↑", "lower": "↓", "neither": ""}
_DIRECTIONS = {"higher": mark("higher is better"), "lower": mark("lower is better"), "neither": ""}
_HEADS = {
    "group": mark("Group"),
    "size": mark("Enterprises"),
    "workers": mark("Workers"),
    "women_workers": mark("Women among the workers"),
    "youth_workers": mark("Young people among the workers"),
    "verdict": mark("Verdict"),
    "cohesion_index": mark("Cohesion beats chance"),
    "complementarity_index": mark("Complementarity beats chance"),
}
PROFILES = {
    "public": mark("Public edition: groups only, without names or answers of enterprises"),
    "partners": mark("Edition for partners: not for the public"),
}
_ROWS = {"other": mark("others"), "all": mark("all")}


def edition_page(
    tables: PublicTables,
    cards: Mapping[str, MetricCard],
    *,
    title: str,
    profile: str,
    language: str,
    other_reports: Mapping[str, str],
    members: pd.DataFrame | None = None,
    count_all: bool = False,
) -> str:
    """Return the page of an edition as HTML.

    Parameters
    ----------
    tables : PublicTables
        What the edition shows.
    cards : mapping of str to MetricCard
        The cards of the scores.
    title : str
        The study's title.
    profile : {"public", "partners"}
        For whom it is.
    language : {"en", "ar"}
        The language.
    other_reports : mapping of str to str
        The files of the page in other languages.
    members : DataFrame, optional
        The members under their pseudonyms; only for partners.
    count_all : bool, default False
        Whether enterprises without consent are counted in the numbers.
    """

    def say(text: str) -> str:
        return translate(text, language)

    columns = [name for name in tables.clusters.columns if name in _HEADS or name in cards]
    groups = [name for name in tables.clusters["group"] if name not in _ROWS]
    linked = [
        (int(one) - 1, int(two) - 1)
        for one, two in tables.between[["group", "other_group"]].itertuples(index=False, name=None)
    ]
    rows = []
    for row in tables.clusters[columns].itertuples(index=False, name=None):
        cells = [_shown(text, name, language) for name, text in zip(columns, row, strict=True)]
        rows.append(cells)
    return render(
        "edition.html.j2",
        language,
        title=title,
        profile_line=say(PROFILES[profile]),
        style=(resources.files("clusternet.report") / "templates" / "report.css").read_text(encoding="utf-8"),
        heads=[_head(name, cards, language) for name in columns],
        rows=rows,
        drawing=picture(
            [int(size) for size in tables.clusters["size"][: len(groups)]],
            linked,
            label=say(mark("The groups, and which of them are linked; the table between.csv holds the same.")),
        ),
        traits=_traits(tables.composition, language),
        members=[] if members is None else members.to_dict("records"),
        cards=[cards[name] for name in columns if name in cards],
        other_reports=dict(other_reports),
        count_all=count_all,
        version=__version__,
    )


def _head(name: str, cards: Mapping[str, MetricCard], language: str) -> dict[str, str]:
    card = cards.get(name)
    if card is None:
        return {"label": translate(_HEADS[name], language), "arrow": "", "direction": "", "unit": ""}
    return {
        "label": translate(card.label, language),
        "arrow": _ARROWS[card.better],
        "direction": translate(_DIRECTIONS[card.better], language) if _DIRECTIONS[card.better] else "",
        "unit": translate(card.unit, language),
    }


def _shown(text: str, column: str, language: str) -> str:
    if column == "verdict":
        return translate(text, language) if text else "–"
    if column == "group":
        return translate(_ROWS[text], language) if text in _ROWS else text
    if text == CONFIDENTIAL:
        return text
    return number(float(text)) if text else "–"


def _traits(composition: pd.DataFrame, language: str) -> list[dict[str, Any]]:
    """Return, for each trait, its categories and a row per group."""
    found = []
    for trait, label in TRAIT_LABELS.items():
        part = composition[composition["trait"].eq(trait)]
        if not len(part):
            continue
        names: Sequence[str] = list(dict.fromkeys(part["category"]))
        rows = [
            (_shown(str(group), "group", language), [_shown(text, "", language) for text in cells["enterprises"]])
            for group, cells in part.groupby("group", sort=False)
        ]
        shown = [
            translate(_ROWS[name], language) if name in _ROWS else described_category(trait, name, language)
            for name in names
        ]
        found.append({"label": translate(label, language), "categories": shown, "rows": rows})
    return found
