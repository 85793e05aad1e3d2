"""What answers and headings mean: cells with several answers, kinds of linkage, sectors, kinds of answers."""

import itertools

import pandas as pd
import pytest

from clusternet.ingest.drafting.answers import layer_of, single_answers, words_for
from clusternet.ingest.drafting.values import kind_of
from clusternet.ingest.drafting.words import words_of


@pytest.mark.parametrize(
    ("cells", "answers"),
    [
        (["Buy inputs Share knowledge", "Buy inputs", "Credit"], {"Buy inputs", "Share knowledge", "Credit"}),
        (["buy know", "cred"], {"buy", "know", "cred"}),
        (["Buy", "Buy equipment"], {"Buy", "Buy equipment"}),
        (["Credit", "Credit from a bank"], {"Credit", "Credit from a bank"}),
        (["Buy inputs Share knowledge"], {"Buy inputs Share knowledge"}),
        (["Advice, Credit; Training"], {"Advice", "Credit", "Training"}),
        (["شراء مدخلات تبادل معرفة", "شراء مدخلات"], {"شراء مدخلات", "تبادل معرفة"}),
    ],
)
def test_cells_with_several_answers_are_taken_apart_where_it_can_be_told(cells: list[str], answers: set[str]) -> None:
    for order in itertools.permutations(cells):
        assert set(single_answers(order, "supplier")) == answers


@pytest.mark.parametrize(
    ("answer", "partner", "meaning"),
    [
        ("Buy inputs", "supplier", "supply from"),
        ("Inputs", "customer", "supply to"),
        ("we sell to them", "partner", "supply to"),
        ("Instalments", "customer", "finance to"),
        ("We borrow from them", "customer", "finance from"),
        ("بالتقسيط", "supplier", "finance from"),
        ("Buy equipment", "supplier", "supply from"),
        ("Share machines", "partner", "technology with"),
        ("مشاركة عمال", "partner", "labour with"),
        ("Training", "partner", "training from"),
        ("مقاولة من الباطن", "partner", "subcontracting to"),
        ("Buy inputs Share knowledge", "supplier", "supply from, knowledge to"),
        ("Friendship", "supplier", ""),
    ],
)
def test_what_an_answer_means(answer: str, partner: str, meaning: str) -> None:
    assert layer_of(answer, partner) == meaning


def test_sectors_by_words_and_their_beginnings() -> None:
    answers = ["tex", "Food", "أثاث", "31", "agri", "zz"]
    found = words_for("sector", answers, ())
    assert found == {"tex": "13", "Food": "10", "أثاث": "3100", "agri": "", "zz": ""}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("What is the name of your enterprise?", "enterprise_name"),
        ("enterpriseName", "Enterprise: name"),
        ("ما اسم المنشأة؟", "اسم منشأه"),
        ("Nombre d'employés", "nombre employe"),
    ],
)
def test_headings_that_say_the_same(one: str, other: str) -> None:
    assert set(words_of(one)) == set(words_of(other))


def test_kinds_of_answers() -> None:
    kinds = {
        "position": ["31.95 35.91 800 5", "31.9, 35.9"],
        "yes or no": ["نعم", "No", "1"],
        "number": ["12", "١٢٫٥", "7"],
        "band": ["1-9", "10–49"],
        "text": ["Cedar", "12"],
        "none": [],
    }
    for kind, texts in kinds.items():
        assert kind_of(pd.Series(texts, dtype="str")) == kind
