"""The chain of a cluster as rows in the order of a tree."""

import pandas as pd
import pytest

from clusternet.draw.chain import MOST_NAMED
from clusternet.messages import LANGUAGES
from clusternet.model.scores import GAP_COLUMNS
from clusternet.report.chain_rows import SIGNS, chain_rows


def gaps(*rows, final="table"):
    made = [(0, final, product, stage, status, makers) for product, stage, status, makers in rows]
    return pd.DataFrame(made, columns=list(GAP_COLUMNS))


def recipes(*rows):
    return pd.DataFrame(rows, columns=["product", "input", "quantity"])


CARPENTRY = gaps(
    ("boards", "sawing", "single_supplier", "b"),
    ("logs", "", "raw", ""),
    ("panels", "joining", "missing", ""),
    ("table", "finishing", "present", "a;c"),
)
NAMES = {"a": "Ali", "b": "Badr", "c": "Camal"}


def test_under_each_product_stands_what_goes_into_it():
    made = recipes(
        ("table", "panels", 2.0), ("table", "boards", 4.0), ("panels", "boards", 1.5), ("boards", "logs", 0.5)
    )
    rows = chain_rows(CARPENTRY, made, NAMES, "en")
    assert [(row["product"], row["depth"], row["quantity"], row["again"]) for row in rows] == [
        ("table", 0, "", False),
        ("boards", 1, "4", False),
        ("logs", 2, "0.500", False),
        ("panels", 1, "2", False),
        ("boards", 2, "1.50", True),
    ]
    assert [row["sign"] for row in rows] == ["●", "◐", "·", "○", "◐"]
    assert [row["makers"] for row in rows] == [
        "\u2068Ali\u2069; \u2068Camal\u2069",
        "\u2068Badr\u2069",
        "",
        "",
        "\u2068Badr\u2069",
    ]


def test_the_order_of_recipes_and_gaps_makes_no_difference():
    made = recipes(("table", "panels", 2.0), ("table", "boards", 4.0), ("boards", "logs", 0.5))
    turned = chain_rows(CARPENTRY.iloc[::-1], made.iloc[::-1], NAMES, "en")
    assert turned == chain_rows(CARPENTRY, made, NAMES, "en")


def test_products_that_go_into_each_other_end():
    made = recipes(("table", "panels", 1.0), ("panels", "table", 1.0))
    rows = chain_rows(CARPENTRY, made, NAMES, "en")
    assert [(row["product"], row["depth"], row["again"]) for row in rows[:3]] == [
        ("table", 0, False),
        ("panels", 1, False),
        ("table", 2, True),
    ]
    # What no recipe reaches stands at the end, on its own.
    assert [(row["product"], row["depth"]) for row in rows[3:]] == [("boards", 0), ("logs", 0)]


def test_a_chain_as_deep_as_it_likes_is_no_trouble():
    count = 3000
    rows = gaps(*((f"p{number:04}", "", "missing", "") for number in range(count)), final="p0000")
    made = recipes(*((f"p{number:04}", f"p{number + 1:04}", 1.0) for number in range(count - 1)))
    assert [row["depth"] for row in chain_rows(rows, made, {}, "en")] == list(range(count))


@pytest.mark.parametrize("language", LANGUAGES)
def test_many_makers_are_counted(language):
    makers = [f"m{number}" for number in range(MOST_NAMED + 3)]
    (row,) = chain_rows(gaps(("table", "", "present", ";".join(makers))), recipes(), {}, language)
    assert (
        row["makers"].replace("\u2068", "").replace("\u2069", "").startswith({"en": "m0; m1", "ar": "m0؛ m1"}[language])
    )
    assert "3" in row["makers"]
    assert makers[MOST_NAMED] not in row["makers"]


def test_no_chain_no_rows():
    assert chain_rows(None, recipes(), {}, "en") == chain_rows(CARPENTRY.iloc[:0], recipes(), {}, "en") == []


def test_every_status_has_a_sign_of_its_own():
    assert len(set(SIGNS.values())) == len(SIGNS)
