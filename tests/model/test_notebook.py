import sys
from pathlib import Path

import numpy as np
import pandas as pd

from clusternet.model import Network, Partition, Settings
from clusternet.model.notebook import MOST_ROWS, notebook_html

sys.path.insert(0, str(Path(__file__).parents[1] / "draw"))

from small_town import small_scores

HOSTILE = "<script>alert(1)</script>"


def test_every_text_is_escaped():
    table = pd.DataFrame({HOSTILE: [HOSTILE]}, index=[HOSTILE])
    assert "<script" not in notebook_html(HOSTILE, {HOSTILE: HOSTILE}, table)


def test_long_tables_are_counted():
    shown = notebook_html("x", {}, pd.DataFrame({"a": range(MOST_ROWS + 5)}))
    assert "5 more rows" in shown
    assert shown.count("<tr") == MOST_ROWS + 1


def test_nouns_show_their_figures():
    enterprises = pd.DataFrame({"enterprise_id": ["a", "b", "c"]})
    linkages = pd.DataFrame({"source": ["a", "b"], "target": ["b", "c"], "layer": ["supply", "stock"]})
    network = Network.from_tables(enterprises, linkages, settings=Settings(title=HOSTILE))
    shown = network._repr_html_()
    assert "<script" not in shown
    assert "<b>3</b> enterprises" in shown
    assert "supply" in shown
    partition = Partition(network.enterprise_ids, np.array([0, 0, -1]))
    assert "<b>1</b> in none" in partition._repr_html_()
    assert "Density" not in small_scores()._repr_html_()
    assert "density" in small_scores()._repr_html_()


def test_empty_nouns_are_shown():
    empty = Network.from_edges([], [])
    assert "<b>0</b> enterprises" in empty._repr_html_()
    assert "<b>0</b> clusters" in Partition(empty.enterprise_ids, np.zeros(0, dtype=np.int64))._repr_html_()
