"""From the office's result to an edition that may leave the office."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from clusternet import __version__
from clusternet.errors import InputError, PrivacyError
from clusternet.messages import LANGUAGES, mark
from clusternet.model.scores import MetricCard
from clusternet.report.csv_text import csv_text
from clusternet.report.edition.edition_page import PROFILES, edition_page
from clusternet.report.edition.groups import Groups, groups_of
from clusternet.report.edition.pseudonyms import project_key, pseudonym
from clusternet.report.edition.public_tables import AMOUNTS, PublicTables, public_tables
from clusternet.report.edition.releases import (
    added,
    check_numbers,
    check_sets,
    overlapping,
    register_of,
    releases,
)
from clusternet.report.edition.sum_table import Rules
from clusternet.report.edition.told import told_entry
from clusternet.report.export_folder import inside
from clusternet.report.exports.graph import ExportGraph
from clusternet.report.publish import check_out, file_trouble_named, published_folder, write_file
from clusternet.report.result_folder import read_result

#: By this file an earlier edition is known.
EDITION = "edition.json"
KEY_FILE = "publication.key"


@dataclass(frozen=True, eq=False)
class Edition:
    """An edition that was written.

    Parameters
    ----------
    folder : Path
        Where it is.
    groups, kept_back : int
        How many groups it shows, and how many cells it keeps back.
    key_file, audit_file : Path
        The key of the pseudonyms and the list of the cells kept back. Both stay in the office.
    left_out : tuple of str
        Amounts and traits that it leaves out whole, because with an earlier edition they would tell too much or are too
        many to be audited together (:data:`clusternet.report.edition.together.MOST_UNKNOWNS`).
    """

    folder: Path
    groups: int
    kept_back: int
    key_file: Path
    audit_file: Path
    left_out: tuple[str, ...] = ()


def publish_edition(
    folder: str | Path,
    *,
    out: str | Path,
    cards: Mapping[str, MetricCard],
    profile: str = "public",
    key_file: str | Path | None = None,
    rules: Rules | None = None,
    count_all: bool = False,
    languages: Sequence[str] | None = None,
    overwrite: bool = False,
) -> Edition:
    """Make an edition of a result that may leave the office.

    It is made of groups: sizes, people, sectors, stages and places where enough enterprises stand behind a number, and
    scores rounded to three digits. No name, id, coordinate, free text, linkage, turnover or income of anybody is in it.
    For partners, members stand under pseudonyms in addition, by name those that agreed to it
    (``consent_publish = named``), and linkages between two that agreed. Scores follow from all members of a group, and
    stand where at least half of them agreed to be counted.

    Parameters
    ----------
    folder, out, profile, key_file, count_all, languages, overwrite
        As for :func:`clusternet.study.publish_study`. The register of editions and the list of cells kept back lie
        beside the key.
    cards : mapping of str to MetricCard
        The cards of all scores.
    rules : Rules, optional
        When a cell says too much.

    Returns
    -------
    Edition
        What was written.

    Raises
    ------
    InputError
        If the folder is no result, an option is not one of its words, or ``out`` is there already.
    PrivacyError
        If no group is large enough to be shown, or the edition and an earlier one give an enterprise away together.
    ResourceError
        If a file cannot be read or written.
    """
    rules = rules or Rules()
    if profile not in PROFILES:
        known = ", ".join(PROFILES)
        raise InputError(mark('There is no profile "{given}"; expected one of: {known}.'), given=profile, known=known)
    if rules.minimum < Rules.minimum:
        raise InputError(mark("The least number of enterprises must be at least {least}."), least=Rules.minimum)
    target = Path(out)
    inside(target, folder)
    check_out(target, overwrite=overwrite, own_file=EDITION)
    key_path = Path(folder).resolve().parent / KEY_FILE if key_file is None else Path(key_file).resolve()
    if key_path.is_relative_to(target.resolve()):
        raise InputError(mark('The key "{file}" must not lie in the edition; name another file.'), file=key_path.name)
    graph = read_result(folder)
    spoken = _languages(languages, graph.language)
    key = project_key(key_path)
    groups = _groups(graph, key, rules, count_all=count_all)
    register = register_of(key_path)
    earlier = releases(register)
    check_sets(earlier, groups.memberships(), rules)
    tables = public_tables(graph, groups, rules)
    entry = {"origin": graph.origin, "profile": profile, **told_entry(tables, groups, rules, key)}
    amounts = groups.members[list(AMOUNTS)].set_axis(groups.pseudonyms)
    left_out = check_numbers(overlapping(earlier, entry), entry, amounts, rules)
    if left_out:
        tables = public_tables(graph, groups, rules, left_out=left_out)
        entry = {**entry, **told_entry(tables, groups, rules, key)}
    members = _members(groups) if profile == "partners" else None
    with published_folder(target, overwrite=overwrite, own_file=EDITION) as made:
        for name, table in tables.shown.items():
            # Words of the survey are in the composition only; a negative score is a number, not a formula.
            made.write(f"{name}.csv", csv_text(table, exact=name != "composition"), rows=len(table))
        if members is not None:
            made.write("members.csv", csv_text(members), rows=len(members))
            links = _links(graph, key)
            made.write("links.csv", csv_text(links), rows=len(links))
        names = {language: f"report.{language}.html" for language in spoken} | {spoken[0]: "report.html"}
        for language, name in names.items():
            others = {other: file for other, file in names.items() if other != language}
            page = edition_page(
                tables,
                cards,
                title=graph.title,
                profile=profile,
                language=language,
                other_reports=others,
                members=members,
                count_all=count_all,
            )
            made.write(name, page)
        files = [{"file": file.name, "sha256": file.sha256, "bytes": file.size} for file in sorted(made.written)]
        content = {"clusternet": __version__, "profile": profile, "files": files}
        digest = hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()
        made.write(EDITION, json.dumps({**content, "sha256": digest}, indent=2, sort_keys=True) + "\n")
        # Before the edition appears: one that nobody knows of could be subtracted from the next.
        added(register, earlier, entry)
        audit_file = _write_audit(key_path, tables)
    return Edition(target, groups.n_groups, len(tables.audit), key_path, audit_file, tuple(left_out))


def _groups(graph: ExportGraph, key: bytes, rules: Rules, *, count_all: bool) -> Groups:
    """Return the groups of an edition, or refuse where there is nobody or no group to show."""
    groups = groups_of(graph, key, rules, count_all=count_all)
    if not len(groups.members):
        raise PrivacyError(
            mark(
                "No enterprise agreed to be counted (consent_publish); where the survey did not ask and the law "
                "allows it, publish with --count-all."
            )
        )
    if not groups.n_groups:
        raise PrivacyError(mark("No cluster has enough members that may be counted; there is nothing to publish."))
    return groups


def _languages(wanted: Sequence[str] | None, usual: str) -> list[str]:
    spoken = list(dict.fromkeys(wanted or [usual]))
    for language in spoken:
        if language not in LANGUAGES:
            raise InputError(
                mark('There is no language "{given}"; expected one of: {known}.'),
                given=language,
                known=", ".join(LANGUAGES),
            )
    return spoken


def _members(groups: Groups) -> pd.DataFrame:
    """Return the members of groups under their pseudonyms, with the names of those that agreed."""
    shown = groups.group >= 0
    members = groups.members[shown]
    named = members["consent_publish"].eq("named")
    return pd.DataFrame(
        {
            "pseudonym": groups.pseudonyms[shown],
            "name": members["name"].where(named, "").astype(object).to_numpy(),
            "group": [str(number + 1) for number in groups.group[shown]],
        }
    )


def _links(graph: ExportGraph, key: bytes) -> pd.DataFrame:
    """Return the linkages between two enterprises that both agreed to be named; sorted by pseudonyms."""
    agreed = set(graph.nodes.loc[graph.nodes["consent_publish"].eq("named") & ~graph.nodes["outside"], "id"])
    edges = graph.edges[graph.edges["source"].isin(agreed) & graph.edges["target"].isin(agreed)]
    rows = sorted(
        (pseudonym(key, source), pseudonym(key, target), layer)
        for source, target, layer in edges[["source", "target", "layer"]].itertuples(index=False, name=None)
    )
    return pd.DataFrame(rows, columns=["source", "target", "layer"], dtype=object)


def _write_audit(key_path: Path, tables: PublicTables) -> Path:
    path = key_path.with_name(f"{key_path.name}.kept_back.csv")
    with file_trouble_named(path):
        write_file(path, csv_text(tables.audit).encode())
    return path
