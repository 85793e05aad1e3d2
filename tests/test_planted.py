"""Planted surveys keep the contract of a survey, give the shares asked for, and can be found again."""

import importlib.util
import random
import time
import tomllib
from pathlib import Path

import igraph
import networkx as nx
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import adjusted_mutual_info_score

from clusternet.planted import PlantedTables, plant_survey
from clusternet.planted.industries import CHAINS, RAW_MATERIALS, STAGES
from clusternet.planted.ties import LAYERS

DATASETS = Path(__file__).resolve().parents[1] / "datasets"
COLUMNS = {
    "enterprises": "enterprise_id name name_alt sector stage place latitude longitude workers women_workers "
    "youth_workers monthly_income turnover energy_use formal respondent consent_publish",
    "linkages": "source target layer weight reporter frequency amount unit",
    "resources": "enterprise_id resource role factor quantity unit unit_cost",
    "recipes": "product stage input quantity",
    "truth": "enterprise_id cluster",
}
TIE = ["layer", "source", "target"]


@pytest.fixture(scope="module")
def usual() -> PlantedTables:
    return plant_survey()


@pytest.fixture(scope="module")
def larger() -> PlantedTables:
    return plant_survey(4000, seed=3)


def ties_of(survey: PlantedTables) -> pd.DataFrame:
    """Every tie inside the register once, with the clusters of its ends."""
    clusters = survey.truth.set_index("enterprise_id")["cluster"]
    ties = survey.linkages.drop_duplicates(TIE)
    ties = ties[ties["target"].isin(clusters.index)]
    return ties.assign(source_cluster=ties["source"].map(clusters), target_cluster=ties["target"].map(clusters))


def as_bytes(survey: PlantedTables) -> bytes:
    return (
        "".join(getattr(survey, name).to_csv(index=False) for name in COLUMNS).encode() + repr(survey.settings).encode()
    )


def check_contract(survey: PlantedTables) -> None:
    for name, columns in COLUMNS.items():
        assert getattr(survey, name).columns.tolist() == columns.split()
    enterprises, linkages, resources = survey.enterprises, survey.linkages, survey.resources
    ids = enterprises["enterprise_id"]
    assert ids.is_unique
    assert ids.is_monotonic_increasing
    assert survey.truth["enterprise_id"].tolist() == ids.tolist()
    assert linkages["source"].isin(ids).all()
    assert not linkages.duplicated([*TIE, "reporter"]).any()
    assert (linkages["source"] != linkages["target"]).all()
    assert ((linkages["reporter"] == linkages["source"]) | (linkages["reporter"] == linkages["target"])).all()
    assert linkages["weight"].between(1, 5).all()
    silent = ids[enterprises["respondent"] == "no"]
    assert not linkages["reporter"].isin(silent).any()
    assert not resources["enterprise_id"].isin(silent).any()
    assert not resources.duplicated(["enterprise_id", "resource", "role"]).any()
    assert (resources["quantity"] > 0).all()
    assert resources.loc[resources["role"] == "offer", "unit_cost"].gt(0).all()
    assert (resources.groupby("resource")[["unit", "factor"]].nunique() == 1).all().all()
    for part in ("women_workers", "youth_workers"):
        assert (enterprises[part] <= enterprises["workers"]).all()
    assert (enterprises["workers"] >= 1).all()


@settings(max_examples=25, deadline=None)
@given(
    n_enterprises=st.integers(30, 200),
    mean_ties=st.floats(1, 40),
    noise=st.floats(0, 1),
    non_response=st.floats(0, 1),
    double_reports=st.floats(0, 1),
    outside=st.floats(0, 0.9),
    isolated=st.floats(0, 0.6),
    arabic=st.floats(0, 1),
    seed=st.integers(0, 2**40),
)
def test_any_survey_keeps_the_contract(n_enterprises, **options):
    check_contract(plant_survey(n_enterprises, **options))


def test_the_usual_survey_keeps_the_contract(usual):
    check_contract(usual)
    assert set(usual.linkages["layer"]) == {layer.name for layer in LAYERS}
    assert set(usual.resources["factor"]) == {
        "material", "product", "energy", "labour", "capital", "technology", "knowledge", "byproduct",
    }  # fmt: skip
    assert set(usual.enterprises["consent_publish"]) == {"none", "aggregate", "named"}


def test_undirected_ties_come_once(larger):
    directed = {layer.name for layer in LAYERS if layer.directed}
    ties = larger.linkages[~larger.linkages["layer"].isin(directed)].drop_duplicates(TIE)
    ends = np.sort(ties[["source", "target"]].to_numpy(dtype=str), axis=1)
    assert not pd.DataFrame(ends).assign(layer=ties["layer"].to_numpy()).duplicated().any()


def test_truth_is_numbered_as_a_partition(larger):
    labels = larger.truth["cluster"]
    sizes = labels[labels >= 0].value_counts().sort_index()
    assert sizes.index.tolist() == list(range(len(sizes)))
    assert sizes.is_monotonic_decreasing
    first = labels[labels >= 0].drop_duplicates().reset_index().set_index("cluster")["index"].sort_index()
    for _, tied in first.groupby(sizes):
        assert tied.is_monotonic_increasing
    assert 12 <= sizes.mean() <= 15
    assert sizes.max() >= 2 * sizes.min()


def test_rows_do_not_give_the_answer_away(larger):
    labels = larger.truth["cluster"].to_numpy()
    assert abs(np.corrcoef(np.arange(labels.size), labels)[0, 1]) < 0.05
    crossing = (ties_of(larger).query("layer == 'stock'").eval("source_cluster != target_cluster")).to_numpy()
    half = crossing.size // 2
    assert abs(crossing[:half].mean() - crossing[half:].mean()) < 0.04


@pytest.mark.parametrize("noise", [0.0, 0.22, 0.6, 1.0])
def test_noise_is_the_share_of_ties_that_cross(noise):
    ties = ties_of(plant_survey(2000, noise=noise))
    assert (ties["source_cluster"] != ties["target_cluster"]).mean() == pytest.approx(noise, abs=0.02)


def test_shares_are_those_asked_for():
    survey = plant_survey(3000, non_response=0.2, double_reports=0.4, outside=0.1, isolated=0.05, arabic=0.35, seed=5)
    enterprises, linkages = survey.enterprises, survey.linkages
    assert (enterprises["respondent"] == "no").mean() == pytest.approx(0.2)
    assert enterprises["name"].str.contains("[\u0600-\u06ff]").mean() == pytest.approx(0.35)
    alone = survey.truth.loc[survey.truth["cluster"] == -1, "enterprise_id"]
    assert len(alone) == 150
    assert not (linkages["source"].isin(alone) | linkages["target"].isin(alone)).any()
    trade = linkages[linkages["layer"].isin(["supply", "subcontracting"])].drop_duplicates(TIE)
    inside = trade["target"].isin(enterprises["enterprise_id"])
    assert (~inside).mean() == pytest.approx(0.1, abs=0.02)
    outside = linkages[~linkages["target"].isin(enterprises["enterprise_id"])]
    assert set(outside["layer"]) == {"supply", "subcontracting"}
    assert not outside["target"].isin([*enterprises["name"], *enterprises["name_alt"]]).any()
    silent = enterprises.loc[enterprises["respondent"] == "no", "enterprise_id"]
    answering = linkages[inside.reindex(linkages.index, fill_value=True)]
    answering = answering[~answering["target"].isin(silent) & ~answering["source"].isin(silent)]
    answering = answering[answering["target"].isin(enterprises["enterprise_id"])]
    assert (answering.groupby(TIE).size() == 2).mean() == pytest.approx(0.4, abs=0.02)
    assert linkages["target"].isin(silent).any()


def test_mean_ties_is_met_where_there_is_room():
    roomy = plant_survey(2000, layers=["stock", "knowledge"], mean_ties=6, non_response=0, isolated=0)
    assert len(ties_of(roomy)) / 2000 == pytest.approx(6, abs=0.05)
    every = plant_survey(2000, non_response=0, isolated=0)
    assert 7.5 < len(ties_of(every)) / 2000 <= 8.5


def test_supply_follows_the_recipes_inside_clusters():
    survey = plant_survey(noise=0, outside=0, non_response=0)
    maker = {stage.name: stage.product for stage in STAGES}
    stage = survey.enterprises.set_index("enterprise_id")["stage"]
    uses = set(zip(survey.recipes["stage"], survey.recipes["input"], strict=True))
    supply = survey.linkages.query("layer == 'supply'")
    for source, target in zip(supply["source"].map(stage), supply["target"].map(stage), strict=True):
        assert (target, maker[source]) in uses
    assert survey.linkages.loc[survey.linkages["layer"] == "supply", "amount"].gt(0).all()
    rivals = survey.linkages.query("layer == 'rivalry'")
    assert (rivals["source"].map(stage) == rivals["target"].map(stage)).all()


def test_offers_inside_a_cluster_are_near_its_needs():
    survey = plant_survey(600, non_response=0)
    rows = survey.resources.merge(survey.truth).query("cluster >= 0 and factor == 'material'")
    sums = rows.pivot_table(index=["cluster", "resource"], columns="role", values="quantity", aggfunc="sum").dropna()
    assert (sums["offer"] / sums["need"]).between(0.6, 1.6).mean() > 0.95


def test_the_chains_hold_together():
    makers = [stage.product for stage in STAGES]
    assert len(set(makers)) == len(makers)
    by_name = {stage.name: stage for stage in STAGES}
    for chain in CHAINS:
        made: set[str] = set()
        for name in chain.stages:
            for resource, _ in by_name[name].inputs:
                assert resource in made or resource in RAW_MATERIALS, (name, resource)
            made.add(by_name[name].product)
        used = {resource for name in chain.stages for resource, _ in by_name[name].inputs}
        assert made - used == {by_name[chain.stages[-1]].product}


def test_same_arguments_same_bytes_and_another_seed_another_survey():
    first = as_bytes(plant_survey(120, seed=4))
    assert first == as_bytes(plant_survey(120, seed=4))
    assert first != as_bytes(plant_survey(120, seed=5))


def test_one_option_leaves_the_other_parts_alone():
    plain, changed = plant_survey(200), plant_survey(200, noise=0.5, outside=0.3, double_reports=0.9)
    pd.testing.assert_frame_equal(plain.enterprises, changed.enterprises)
    pd.testing.assert_frame_equal(plain.resources, changed.resources)
    pd.testing.assert_frame_equal(plain.truth, changed.truth)


def test_choices_of_layers_industries_and_clusters():
    survey = plant_survey(100, layers=["supply", "stock"], industries=["furniture"], n_clusters=7)
    assert set(survey.linkages["layer"]) == {"supply", "stock"}
    assert survey.truth["cluster"].max() == 6
    furniture = {name for chain in CHAINS if chain.industry == "furniture" for name in chain.stages}
    assert set(survey.enterprises["stage"]) <= furniture
    assert set(survey.settings["final_products"]) <= {"sofas", "wardrobes", "dining sets"}


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"n_enterprises": 29}, "n_enterprises is 29, but a whole number from 30 to 1000000 is expected."),
        ({"n_enterprises": 50.5}, "n_enterprises is 50.5"),
        ({"n_clusters": 1}, "n_clusters is 1, but a whole number from 2 to 58 is expected."),
        ({"n_clusters": 200}, "n_clusters is 200"),
        ({"noise": 1.1}, "noise is 1.1, but a number from 0 to 1 is expected."),
        ({"noise": float("nan")}, "noise is nan"),
        ({"noise": "much"}, "noise is 'much'"),
        ({"mean_ties": 0}, "mean_ties is 0, but a number from 1 to 40 is expected."),
        ({"non_response": -0.1}, "non_response is -0.1"),
        ({"double_reports": 2}, "double_reports is 2"),
        ({"outside": 0.95}, "outside is 0.95"),
        ({"isolated": 1}, "isolate fewer"),
        ({"arabic": True}, "arabic is True"),
        ({"seed": -1}, "seed is -1, but a whole number of at least 0 is expected."),
        ({"layers": []}, "layers is [], but one or more"),
        ({"layers": ["suply"]}, "layers is 'suply', but one or more of these are expected: supply"),
        ({"industries": "furniture"}, "industries is the text 'furniture'"),
    ],
)
def test_options_out_of_range_are_refused_in_words(options, said):
    with pytest.raises(ValueError, match=r"expected|needed") as refusal:
        plant_survey(**options)
    assert said in str(refusal.value)


@pytest.mark.parametrize("seed", [0, 1, 2])
def test_the_planted_clusters_can_be_found(seed):
    survey = plant_survey(seed=seed)
    ids = survey.enterprises["enterprise_id"]
    position = pd.Series(range(len(ids)), index=ids)
    known = survey.linkages[survey.linkages["target"].isin(ids) & (survey.linkages["layer"] != "rivalry")]
    graph = igraph.Graph(len(ids), list(zip(known["source"].map(position), known["target"].map(position), strict=True)))
    graph.es["weight"] = known["weight"].tolist()
    graph.simplify(combine_edges="sum")
    random.seed(1)
    found = graph.community_leiden(objective_function="modularity", weights="weight", n_iterations=10).membership
    truth = survey.truth["cluster"].to_numpy()
    inside = truth >= 0
    assert adjusted_mutual_info_score(truth[inside], np.array(found)[inside]) > 0.9


def test_the_furniture_folder_is_what_make_writes(tmp_path):
    folder = DATASETS / "furniture"
    spec = importlib.util.spec_from_file_location("furniture_make", folder / "make.py")
    make = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(make)
    make.write_furniture(tmp_path)
    written = sorted(path.name for path in tmp_path.iterdir())
    assert written == sorted([*(f"{name}.csv" for name in COLUMNS), "study.toml"])
    for name in written:
        assert (tmp_path / name).read_bytes() == (folder / name).read_bytes(), name
    assert tomllib.loads((folder / "study.toml").read_text(encoding="utf-8"))["seed"] == 1405


def test_the_florentine_families_are_those_of_the_sources():
    folder = DATASETS / "florentine"
    families = pd.read_csv(folder / "enterprises.csv", dtype=str)
    ties = pd.read_csv(folder / "linkages.csv", dtype=str)
    assert len(families) == 16
    assert ties["layer"].value_counts().to_dict() == {"marriage": 20, "business": 15}
    assert not ties.duplicated().any()
    assert (ties["source"] < ties["target"]).all()
    assert set(ties["source"]) | set(ties["target"]) == set(families["enterprise_id"]) - {"pucci"}
    marriage = ties[ties["layer"] == "marriage"]
    assert (marriage[["source", "target"]] == "medici").any(axis=1).sum() == 6
    same = {frozenset((a.lower(), b.lower())) for a, b in nx.florentine_families_graph().edges}
    assert {frozenset(pair) for pair in marriage[["source", "target"]].to_numpy().tolist()} == same
    business = ties.loc[ties["layer"] == "business", ["source", "target"]].stack().value_counts()
    assert business["medici"] == 5
    assert len(business) == 11
    assert set(tomllib.loads((folder / "study.toml").read_text(encoding="utf-8"))["layers"]) == {"marriage", "business"}


@pytest.mark.slow
def test_a_million_enterprises_in_two_minutes():
    began = time.monotonic()
    survey = plant_survey(1_000_000)
    assert time.monotonic() - began < 120
    assert len(survey.enterprises) == 1_000_000
    assert survey.enterprises["enterprise_id"].is_unique
    assert len(survey.linkages) > 8_000_000
