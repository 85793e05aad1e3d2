"""What an attacker gets out of the editions of a survey, and what he would get if nothing kept him from it.

``python -m pytest -s tests/report/edition/test_attack.py`` prints what he gets.
"""

import sys

import numpy as np
import pytest

from clusternet.errors import PrivacyError
from clusternet.report.edition.groups import groups_of
from clusternet.report.edition.pseudonyms import project_key, pseudonym
from clusternet.report.edition.sum_table import Rules
from tests.report.edition.attack import degrees_matched, differences, gaps_filled, rows_of, solved
from tests.report.edition.office import publish, register, result


def resolutions(count):
    """Return the groups of one survey at several resolutions, and with single enterprises moved or gone."""
    fine = np.arange(count) // 12
    coarse = fine // 2
    moved = fine.copy()
    moved[[3, 40]] = moved[[40, 3]]
    lost = fine.copy()
    lost[5] = -1
    strays = coarse.copy()
    strays[[0, 1]] = coarse.max()
    other = np.random.default_rng(5).integers(0, 6, count)
    return {"fine": fine, "coarse": coarse, "moved": moved, "lost": lost, "strays": strays, "other": other}


def members_of(graph, edition):
    groups = groups_of(graph, project_key(edition.key_file), Rules())
    members = {str(number + 1): set() for number in range(groups.n_groups)} | {"other": set()}
    for who, group in zip(groups.members["id"], groups.group.tolist(), strict=True):
        members[str(group + 1) if group >= 0 else "other"].add(who)
    return members


@pytest.fixture(scope="module")
def handed_out(tmp_path_factory):
    """Editions of every resolution: with one register, and each with a key of its own, as if none knew of another."""
    folder = tmp_path_factory.mktemp("editions")
    enterprises = register(96)
    found = {"kept apart": [], "registered": [], "refused": [], "left out": [], "graphs": {}}
    with pytest.MonkeyPatch.context() as patch:
        for name, cluster in resolutions(96).items():
            graph = result(enterprises, cluster, origin=name)
            alone = publish(graph, folder / f"{name}-alone", patch, key_file=folder / f"{name}.key")
            found["kept apart"].append((alone.folder, members_of(graph, alone)))
            try:
                edition = publish(graph, folder / name, patch, key_file=folder / "key", profile="partners")
            except PrivacyError:
                found["refused"].append(name)
                continue
            found["registered"].append((edition.folder, members_of(graph, edition)))
            found["left out"].append(edition.left_out)
            found["graphs"][name] = (graph, edition)
    return found


def test_p08_an_attacker_who_subtracts_editions_gets_nobody(handed_out):
    unprotected = differences(handed_out["kept apart"])
    assert len(unprotected) > 5
    assert solved(handed_out["kept apart"])
    # What would give somebody away was refused, and the rest is handed out.
    assert {"moved", "lost", "strays"} <= set(handed_out["refused"])
    assert len(handed_out["registered"]) > 1
    assert differences(handed_out["registered"]) == []
    assert solved(handed_out["registered"]) == []
    sys.stdout.write(
        f"differences of editions: {len(unprotected)} numbers of fewer than three enterprises without the register, "
        f"0 with it; refused: {', '.join(handed_out['refused'])}; left out: {handed_out['left out']}\n"
    )


def test_p03_an_attacker_who_fills_gaps_from_totals_gets_no_small_cell(handed_out):
    tried = 0
    for folder, _ in [*handed_out["kept apart"], *handed_out["registered"]]:
        count, got = gaps_filled(folder)
        tried += count
        assert got == []
    assert tried > 20
    sys.stdout.write(f"cells kept back that were tried: {tried}, got: 0\n")


def test_p11_an_attacker_who_matches_degrees_singles_out_nobody(handed_out):
    for graph, edition in handed_out["graphs"].values():
        key = project_key(edition.key_file)
        named = graph.nodes.loc[graph.nodes["consent_publish"].eq("named"), "id"]
        agreed = {who: pseudonym(key, who) for who in named}
        places = graph.ends
        partners = {
            who: len({*places[1][places[0] == number], *places[0][places[1] == number]})
            for number, who in enumerate(graph.ids)
        }
        assert degrees_matched(edition.folder, partners, agreed) == 0
        shown = {row[end] for row in rows_of(edition.folder, "links.csv") for end in ("source", "target")}
        assert shown
        assert shown <= set(agreed.values())
    sys.stdout.write("enterprises singled out by their number of partners: 0\n")


def test_p11_a_public_edition_has_no_network_of_enterprises(handed_out):
    for folder, _ in handed_out["kept apart"]:
        assert not {"links.csv", "members.csv"} & {path.name for path in folder.iterdir()}
        groups = {row["group"] for row in rows_of(folder, "clusters.csv")}
        assert {row[end] for row in rows_of(folder, "between.csv") for end in ("group", "other_group")} <= groups
