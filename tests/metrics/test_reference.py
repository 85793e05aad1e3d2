"""The reference page: every card, and values that anybody can check by hand."""

import re

import pytest

from clusternet.metrics import METRICS
from clusternet.metrics.reference import card_facts, reference_page


@pytest.fixture(scope="module")
def page():
    return reference_page(METRICS.values())


def values(page, name):
    """The three values of a metric in the examples."""
    section = page.split(f"(`{name}`)")[1].split("### ")[0]
    return re.search(r"In the examples: \(1\) (\S+); \(2\) (\S+); \(3\) ([^;\s]+)", section).groups()


@pytest.mark.parametrize(
    ("name", "by_hand"),
    [
        ("density", ("1", "0.6", "1")),
        ("conductance", ("0.1429", "–", "–")),
        ("transitivity", ("1", "0", "1")),
        ("structural_complementarity", ("–", "1", "0")),
        ("structural_cohesion", ("2", "3", "4")),
        ("algebraic_connectivity", ("3", "3", "5")),
        ("separability", ("3", "–", "–")),
        ("ei_index", ("-0.5", "-1", "-1")),
        ("reach_efficiency", ("1", "0.8", "1")),
        ("reciprocity", ("–", "0", "–")),
    ],
)
def test_examples_are_those_worked_out_by_hand(page, name, by_hand):
    assert values(page, name) == by_hand


def test_every_metric_has_its_section_once(page):
    for name, metric in METRICS.items():
        assert page.count(f"(`{name}`)") == 1
        assert metric.card.sentence in page
        assert f"$${metric.card.formula}$$" in page


def test_the_arabic_page_has_the_same_numbers(page):
    arabic = reference_page(METRICS.values(), "ar")
    pattern = r"\(1\) \S+; \(2\) \S+; \(3\) \S+"
    assert re.findall(pattern, arabic) == re.findall(pattern, page)
    assert arabic.startswith('<div dir="rtl" lang="ar">')


def test_facts_leave_out_what_does_not_apply():
    headings = [heading for heading, _ in card_facts(METRICS["internal_strength"].card)]
    assert "Undefined for" not in headings
    assert dict(card_facts(METRICS["internal_strength"].card))["Range"] == "0 to ∞"


def test_the_chain_and_the_market_are_those_worked_out_by_hand(page):
    def shown(name):
        section = page.split(f"(`{name}`)")[1].split("### ")[0]
        return re.search(r"\(4\) ([^;\s]+); \(5\) (\S+)", section).groups()

    # Of boards, frames, seats and chairs three are made; each by one enterprise.
    assert shown("stage_coverage") == ("0.75", "–")
    # 9 boards: 6 at 2 and 3 at 3 cost 21; at the median price of 2.5 they would cost 22.5.
    assert shown("plan_saving")[1] == "0.06667"
    assert shown("need_coverage")[1] == "1"
