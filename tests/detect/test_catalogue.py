"""The catalogue of methods: what the cards promise, methods of other libraries, methods of other packages."""

import json
import os
import pickle
import subprocess
import sys
from copy import deepcopy
from pathlib import Path

import igraph
import networkx as nx
import numpy as np
import pandas as pd
import pytest
from scipy import sparse

from clusternet.cli import main
from clusternet.datasets import DATASETS
from clusternet.detect import DEFAULT_METHOD, METHODS, Method, Option, find_clusters, method
from clusternet.detect.catalogue import MethodCatalogue
from clusternet.detect.forms import labels_of
from clusternet.detect.modularity import leiden
from clusternet.detect.reference import method_facts
from clusternet.errors import InputError
from clusternet.messages import translate
from clusternet.model import Network

ROOT = Path(__file__).parents[2]
CARD = {"label": "Mine", "assumes": "more links inside", "deterministic": True, "reference": "-"}


# ---------------------------------------------------------------------- what the cards promise
def noisy(inside, *, heavy=False, layered=False, turned=False):
    """A network of four blurred groups, whose linkages inside may be heavier or of a layer of their own."""
    graph = nx.planted_partition_graph(4, 15, inside, 0.1, seed=0)
    first, second = np.array(graph.edges).T
    together = first // 15 == second // 15
    ids = np.char.zfill(np.arange(60).astype(str), 2)
    source, target = (ids[second], ids[first]) if turned else (ids[first], ids[second])
    weight = np.where(together, 6.0, 1.0) if heavy else None
    layer = np.where(together, "supply", "knowledge") if layered else None
    return Network.from_edges(source, target, weight, layer, directed=True, nodes=ids)


@pytest.mark.parametrize("name", METHODS)
class TestCards:
    def test_directions_weights_and_layers_matter_where_the_card_says_so(self, name):
        found = {
            "as it is": find_clusters(noisy(0.3), name).codes,
            "weighted": find_clusters(noisy(0.3, heavy=True), name).codes,
            "layered": find_clusters(noisy(0.3, layered=True), name).codes,
            "directed": find_clusters(noisy(0.3, turned=True), name).codes,
        }
        card = METHODS[name].card
        for trait in ("weighted", "layered", "directed"):
            assert (found[trait] != found["as it is"]).any() == getattr(card, trait), trait

    def test_the_seed_matters_where_the_card_says_so(self, name):
        networks = [noisy(0.45), noisy(0.1), noisy(0.1, heavy=True)]
        found = [{find_clusters(network, name, seed=seed).codes.tobytes() for seed in range(8)} for network in networks]
        assert all(len(each) == 1 for each in found) == METHODS[name].card.deterministic

    def test_it_says_so_in_words(self, name):
        card = METHODS[name].card
        assert "doi:10." in card.reference
        english = dict(method_facts(card))
        for heading, looks in (
            ("Directions of linkages", card.directed),
            ("Weights of linkages", card.weighted),
            ("Layers of linkages", card.layered),
        ):
            assert (english[heading] == "looked at") == looks
            assert ("not looked at" in english[heading]) != looks
        arabic = method_facts(card, "ar")
        assert [heading for heading, _ in arabic] == [translate(heading, "ar") for heading in english]
        assert any("\u0600" <= letter <= "\u06ff" for letter in arabic[2][1])


def test_the_json_list_holds_every_field(capsys):
    assert main(["methods", "--json"]) == 0
    cards = {card["name"]: card for card in json.loads(capsys.readouterr().out)}
    assert cards[DEFAULT_METHOD]["layered"] is True
    for name, card in METHODS.items():
        for field in ("assumes", "directed", "weighted", "layered", "deterministic", "reference"):
            assert cards[name][field] == getattr(card.card, field)


# ---------------------------------------------------------------------- methods of other libraries
@pytest.fixture(scope="module")
def caves():
    return Network.from_networkx(nx.connected_caveman_graph(4, 6))


@method(**CARD, takes="networkx")
def greedy(graph, *, seed):
    """Merge groups as long as modularity grows."""
    assert isinstance(graph, nx.Graph)
    assert sorted(graph) == list(range(len(graph)))
    return nx.community.greedy_modularity_communities(graph, weight="weight")


@method(**{**CARD, "deterministic": False}, takes="igraph", options={"spins": Option(25, 2, 100)})
def spinglass(graph, *, seed, spins):
    """Let spins of linked enterprises settle."""
    assert isinstance(graph, igraph.Graph)
    return graph.community_spinglass(weights="weight", spins=spins)


@method(**CARD, takes="sparse")
def halves(matrix, *, seed):
    """Cut by the sign of the second eigenvector."""
    assert isinstance(matrix, sparse.csr_array)
    vectors = np.linalg.eigh(np.diag(matrix.sum(axis=1)) - matrix.toarray()).eigenvectors
    return (vectors[:, 1] > 0).astype(int)


def test_a_function_of_any_library_becomes_a_method(caves):
    expected = np.repeat(np.arange(4), 6)
    for each in (greedy, spinglass):
        found = find_clusters(caves, each)
        assert pd.crosstab(found.codes, expected[np.argsort(np.arange(24).astype(str))]).gt(0).sum().sum() == 4
        assert found.method == each.name
    cut = find_clusters(caves, halves)
    assert cut.sizes.tolist() == [12, 12]


def test_weights_reach_every_form():
    # A path of four: the weakest link is the one to cut.
    for place in range(3):
        weight = np.ones(3)
        weight[place] = 0.01
        network = Network.from_edges(list("abc"), list("bcd"), weight)
        codes = find_clusters(network, halves).codes
        assert (codes[place] != codes[place + 1]) or codes[place] == -1 or codes[place + 1] == -1

        @method(**CARD, takes="networkx")
        def weights(graph, *, seed):
            """Cut the weakest link."""
            assert np.mean([w for _, _, w in graph.edges(data="weight")]) == pytest.approx(1)
            return nx.connected_components(graph.edge_subgraph(e[:2] for e in graph.edges(data="weight") if e[2] > 0.1))

        split = find_clusters(network, weights).codes
        together = [split[i] == split[i + 1] >= 0 for i in range(3)]
        assert together == [i != place for i in range(3)]


def test_igraph_draws_from_the_seed_without_a_word_of_the_author():
    network = noisy(0.45)
    first, again = (find_clusters(network, spinglass, seed=3, spins=10).codes for _ in range(2))
    assert first.tobytes() == again.tobytes()
    assert len({find_clusters(network, spinglass, seed=seed, spins=10).codes.tobytes() for seed in range(5)}) > 1
    with pytest.raises(InputError, match="from 2 to 100"):
        find_clusters(network, spinglass, spins=1)


def test_the_method_may_change_what_it_is_given(caves):
    @method(**CARD, takes="sparse")
    def careless(matrix, *, seed):
        """Overwrite the weights."""
        matrix.data[:] = 0
        return np.zeros(matrix.shape[0])

    before = caves.to_sparse().sum()
    pairs = caves.flat
    careless(pairs, seed=0)
    assert caves.to_sparse().sum() == pairs.matrix.sum() == before


@pytest.mark.parametrize(
    "returned",
    [
        np.array([0, 0, 1, 1]),
        [0.0, 0.0, 1.0, 1.0],
        (False, False, True, True),
        pd.Series([7, 7, 3, 3]),
        {0: 5, 3: 2, 1: 5, 2: 2},
        [{0, 1}, {2, 3}],
        ([np.int64(1), np.int64(0)], [3, 2]),
        (group for group in ({0, 1}, {2, 3})),
        igraph.VertexClustering(igraph.Graph(4), [0, 0, 1, 1]),
        igraph.Graph(4, [(0, 1), (2, 3)]).community_fastgreedy(),
    ],
    ids=lambda returned: type(returned).__name__,
)
def test_what_libraries_return_is_understood(returned):
    labels = labels_of(returned, 4, "mine")
    assert labels.dtype == np.int64
    assert labels[0] == labels[1] != labels[2] == labels[3]


def test_who_is_in_no_group_is_left_out(caves):
    assert labels_of([{1, 2}], 4, "mine").tolist() == [-1, 0, 0, -1]
    assert labels_of([], 2, "mine").tolist() == [-1, -1]
    assert labels_of([-1, 0, 0], 3, "mine").tolist() == [-1, 0, 0]


@pytest.mark.parametrize(
    ("returned", "match"),
    [
        ([0, 1], "one whole number for each"),
        (np.zeros((4, 2)), "one whole number for each"),
        ([0, 0.5, 1, 1], "one whole number for each"),
        ([0, np.nan, 1, 1], "one whole number for each"),
        ([0, np.inf, 1, 1], "one whole number for each"),
        (["a", "b", "a", "b"], "one whole number for each"),
        ("abcd", "one whole number for each"),
        ([0, {1}, 2, 3], "one whole number for each"),
        ({0: 1, 1: 1}, "one whole number for each"),
        (None, "one whole number for each"),
        ([{0, 1}, {1, 2}], "position 1 into two groups"),
        ([{0, 4}], "4 in it; expected positions 0 to 3"),
        ([{"N01"}], "'N01' in it"),
    ],
)
def test_what_a_method_must_not_return(returned, match):
    @method(**CARD)
    def wrong(pairs, *, seed):
        """Return what nobody can use."""
        return returned

    network = Network.from_edges(list("abc"), list("bcd"))
    with pytest.raises(InputError, match=match) as refused:
        find_clusters(network, wrong)
    assert '"wrong"' in str(refused.value)
    assert "wrong" in refused.value.text("ar")


def test_an_unknown_form_is_refused():
    with pytest.raises(InputError, match="expected one of: pairs, igraph, networkx, sparse"):
        method(**CARD, takes="graph-tool")


def test_methods_can_be_copied_and_pickled():
    assert deepcopy(leiden) is leiden
    assert pickle.loads(pickle.dumps(leiden)) is METHODS["leiden"]  # noqa: S301


def test_a_method_of_a_script_can_be_pickled_too(tmp_path):
    pytest.importorskip("cloudpickle")  # joblib needs it, older ones carry a copy of their own
    script = tmp_path / "script.py"
    script.write_text(
        f"""
import pickle
import cloudpickle
from clusternet.detect import find_clusters, method
from clusternet.model import Network

@method(**{CARD!r})
def ends(pairs, *, seed):
    return [0, 0, 1, 1]

network = Network.from_edges(list("abc"), list("bcd"))
print(pickle.loads(pickle.dumps(ends)) == ends)
# What joblib sends to its workers must not lean on names of the script.
sent = cloudpickle.dumps(ends)
del ends
print(find_clusters(network, pickle.loads(sent)).codes.tolist())
""",
        encoding="utf-8",
    )
    done = subprocess.run([sys.executable, script], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.stdout.splitlines() == ["True", "[0, 0, 1, 1]"], done.stderr


def test_a_method_of_ones_own_must_not_take_a_name_of_ours(caves):
    @method(**CARD)
    def louvain(pairs, *, seed):
        """Put all together."""
        return np.zeros(pairs.n_nodes)

    with pytest.raises(InputError, match='another method called "louvain"'):
        find_clusters(caves, louvain)
    # The very method of the catalogue may be handed over as it is.
    assert find_clusters(caves, leiden).method == "leiden"


# ---------------------------------------------------------------------- methods of other packages
MODULE = f"""
from clusternet.detect import method

@method(**{CARD!r}, takes="networkx")
def sides(graph, *, seed):
    \"\"\"Cut the list of enterprises in two.\"\"\"
    half = len(graph) // 2
    return [set(list(graph)[:half]), set(list(graph)[half:])]

leiden = number = 3
"""


def install(folder, package, offers, module=MODULE):
    """Lay a package out as an installer does: a module, and metadata with entry points."""
    name = package.replace("-", "_")
    (folder / f"{name}.py").write_text(module, encoding="utf-8")
    info = folder / f"{name}-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {package}\nVersion: 1.0\n", encoding="utf-8")
    lines = [f"{key} = {name}:{target}" for key, target in offers.items()]
    (info / "entry_points.txt").write_text("\n".join(["[clusternet.methods]", *lines]) + "\n", encoding="utf-8")


@pytest.fixture
def catalogue(tmp_path, monkeypatch):
    """Packages that offer a good method and every kind of bad one, and a catalogue that looks for them."""
    install(tmp_path, "acme-good", {"sides": "sides"})
    install(tmp_path, "acme-broken", {"broken": "sides"}, "import no_such_module_of_acme")
    install(tmp_path, "acme-ends", {"ends": "sides"}, "import sys\nsys.exit('no licence')")
    install(tmp_path, "acme-greedy", {"leiden": "leiden"})
    install(tmp_path, "acme-given", {"given": "sides"})
    install(tmp_path, "acme-number", {"number": "number"})
    install(tmp_path, "acme-renamed", {"renamed": "sides"})
    install(tmp_path, "acme-missing", {"missing": "missing"})
    for twin in ("acme-one", "acme-two"):
        install(tmp_path, twin, {"twin": "sides"})
    monkeypatch.syspath_prepend(tmp_path)
    yield MethodCatalogue("method", METHODS.values())
    for module in [name for name in sys.modules if name.startswith("acme_")]:
        del sys.modules[module]


def test_a_method_of_an_installed_package_is_in_the_catalogue(catalogue):
    assert "acme_good" not in sys.modules
    assert isinstance(catalogue["sides"], Method)
    assert "sides" in catalogue
    assert list(catalogue) == [*METHODS, "sides"]
    assert len(catalogue) == len(METHODS) + 1
    assert [entry.name for entry in catalogue.values()] == list(catalogue)
    network = Network.from_edges(list("abc"), list("bcd"))
    assert find_clusters(network, catalogue["sides"]).codes.tolist() == [0, 0, 1, 1]
    with pytest.raises(TypeError):
        catalogue["mine"] = leiden


def test_names_are_listed_without_importing_anything(catalogue):
    with pytest.raises(InputError, match=r'Did you mean "sides"\? Known: natural, .*sides'):
        catalogue["side"]
    assert catalogue.names[: len(METHODS)] == tuple(METHODS)
    assert not [name for name in sys.modules if name.startswith("acme_")]


@pytest.mark.parametrize(
    ("name", "package", "why"),
    [
        ("broken", "acme-broken", "ModuleNotFoundError: No module named 'no_such_module_of_acme'"),
        ("ends", "acme-ends", "no licence"),
        ("missing", "acme-missing", "AttributeError"),
        ("number", "acme-number", "no method of this name"),
        ("renamed", "acme-renamed", "no method of this name"),
        ("given", "acme-given", "keeps for itself"),
        ("twin", "acme-one", '"acme-two"'),
    ],
)
def test_a_package_that_cannot_be_used_is_named_when_it_is_asked_for(catalogue, name, package, why):
    assert name not in catalogue
    assert catalogue.get(name) is None
    for _ in range(2):
        with pytest.raises(InputError) as refused:
            catalogue[name]
        assert f'"{package}"' in str(refused.value)
        assert why in str(refused.value)
    assert f'"{package}"' in refused.value.text("ar")
    assert "sides" in list(catalogue)


def test_names_of_ours_stay_ours(catalogue):
    assert catalogue["leiden"] is leiden
    assert [entry for entry in catalogue if entry == "leiden"] == ["leiden"]
    said = [str(refusal) for refusal in catalogue.refused]
    assert len(said) == 8
    assert any('"acme-greedy" offers a method called "leiden"' in text for text in said)


def test_ours_are_found_without_looking_at_what_is_installed():
    def never():
        raise AssertionError("nobody asked for it")

    shy = MethodCatalogue("method", METHODS.values(), never)
    assert shy["natural"] is METHODS["natural"]
    assert "leiden" in shy
    assert shy.get("walktrap") is METHODS["walktrap"]
    assert shy.resolved("infomap").name == "infomap"
    with pytest.raises(InputError, match="no method called"):
        MethodCatalogue("method", METHODS.values(), tuple)[["leiden"]]


def test_the_command_line_knows_methods_of_packages(tmp_path):
    packages = tmp_path / "packages"
    packages.mkdir()
    install(packages, "acme-good", {"sides": "sides"})
    install(packages, "acme-broken", {"broken": "sides"}, "import no_such_module_of_acme")
    study = ["study", str(DATASETS["florentine"].folder), "--draws", "3", "--resamples", "2"]
    commands = [
        ["methods"],
        ["methods", "sides"],
        [*study, "--out", str(tmp_path / "out"), "--method", "sides"],
        [*study, "--out", str(tmp_path / "other"), "--method", "broken"],
    ]
    code = f"from clusternet.cli import main; print([main(words) for words in {commands!r}])"
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(packages)},
        capture_output=True,
        text=True,
        check=False,
    )
    lines = done.stdout.splitlines()
    assert lines[-1] == "[0, 0, 0, 2]", done.stderr
    assert [line.split()[0] for line in lines[: len(METHODS) + 1]] == [*METHODS, "sides"]
    assert "A cluster is where: more links inside" in lines
    # Once when all are listed, once when it is asked for.
    assert done.stderr.count('The method "broken" of the package "acme-broken" cannot be loaded') == 2
    assert pd.read_csv(tmp_path / "out" / "members.csv")["cluster"].max() >= 1
    assert not (tmp_path / "other").exists()
