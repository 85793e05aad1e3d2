"""Several editions taken together: a linear programme over all their tables."""

import itertools

import numpy as np
import pandas as pd
import pytest

from clusternet.errors import PrivacyError
from clusternet.report.edition.public_tables import AMOUNTS
from clusternet.report.edition.releases import check_numbers, overlapping
from clusternet.report.edition.sum_table import Rules, Sum, SumTable
from clusternet.report.edition.together import any_exposed, exposed_together

RULES = Rules()
SIZE = {"size": ["0", "1", "others", "all"]}


def entry(groups, told=None, traits=None):
    return {
        "groups": {name: list(members) for name, members in groups.items()},
        "told": {"size": [*groups, "all"], **(told or {})},
        "traits": traits or {},
    }


def answers(names, workers=None):
    table = pd.DataFrame(5.0, index=list(names), columns=list(AMOUNTS))
    return table.assign(workers=workers if workers is not None else np.arange(3.0, 3.0 + len(table)))


def test_p08_three_editions_tell_together_what_no_two_of_them_tell():
    # C is A's first and B's first together but for t; A and B speak of other enterprises.
    names = "abcdefghijklmnopqrst"
    first = entry({"0": "abcdefghij", "others": ""})
    second = entry({"0": "klmnopqrst", "others": ""})
    third = entry({"0": "abcdefghijklmnopqrs", "others": ""})
    members = answers(names[:-1])
    for before in (first, second):
        assert check_numbers([before], third, members, RULES) == []
    with pytest.raises(PrivacyError, match="differ by so few"):
        check_numbers([first, second], third, members, RULES)


def test_p08_a_chain_of_editions_is_followed_to_its_end():
    first, second, third = (entry({"0": "abcdefghijkl"[:count], "others": ""}) for count in (12, 9, 7))
    assert check_numbers([first], second, answers("abcdefghi"), RULES) == []
    with pytest.raises(PrivacyError):
        check_numbers([first, second], third, answers("abcdefg"), RULES)


def test_p08_an_amount_kept_back_before_is_left_out_where_a_merged_group_would_tell_it():
    groups = {"0": "abcdef", "1": "ghijkl", "others": "mnopqr"}
    workers = [50, 1, 1, 1, 1, 1, *[4] * 6, *[5] * 6]
    before = entry(groups, {"workers": ["1"]})
    now = entry({"0": "abcdefghijkl", "others": "mnopqr"}, {"workers": ["0"]})
    assert exposed_together([before, now], answers("abcdefghijklmnopqr", workers), RULES) == ["workers"]
    # As nobody stands out among the first six, their sum may be known.
    assert exposed_together([before, now], answers("abcdefghijklmnopqr"), RULES) == []


def trait(categories, told):
    return {"sector": {"categories": {name: list(members) for name, members in categories.items()}, "told": told}}


def test_p08_a_category_kept_back_before_is_left_out_where_a_merged_group_would_tell_it():
    categories = {"x": "abcghij", "y": "defklm", "z": "nopqrs"}
    hidden = [["1", "x"], ["1", "y"], ["all", "z"], ["others", "z"]]
    before = entry({"0": "abcdef", "1": "ghijklm", "others": "nopqrs"}, traits=trait(categories, hidden))
    told = [[row, name] for row, name in itertools.product(("0", "others", "all"), "xyz")]
    now = entry({"0": "abcdefghijklm", "others": "nopqrs"}, traits=trait(categories, told))
    members = answers("abcdefghijklmnopqrs")
    # Three and three remain in the first group: as many as the rules ask for.
    assert exposed_together([before, now], members, RULES) == []
    fewer = {"x": "abghij", "y": "cdefklm", "z": "nopqrs"}
    before, now = ({**one, "traits": trait(fewer, told)} for one, told in ((before, hidden), (now, told)))
    assert exposed_together([before, now], members, RULES) == ["sector"]
    assert exposed_together([before, now], members, RULES, most=5) == ["sector"]


def test_the_same_edition_is_no_new_one_and_another_survey_does_not_count():
    one = {"origin": "1", "profile": "public", **entry({"0": "abcdef", "others": ""})}
    assert overlapping([one], {**one, "profile": "partners"}) == []
    assert overlapping([one], entry({"0": "uvwxyz", "others": ""})) == []
    other = entry({"0": "abcdefghi", "others": ""})
    assert overlapping([one, {**one, "origin": "2"}], other) == [one]


def test_an_entry_of_an_older_register_is_taken_to_tell_everything():
    old = {"groups": {"0": list("abcdef"), "others": []}}
    assert check_numbers([old], entry({"0": "abcdefghi", "others": ""}), answers("abcdefghi"), RULES) == []
    with pytest.raises(PrivacyError):
        check_numbers([old], entry({"0": "abcdefgh", "others": ""}), answers("abcdefgh"), RULES)


def test_the_joint_audit_finds_what_one_programme_per_cell_finds():
    from clusternet.report.edition.audit import Audit
    from clusternet.report.edition.suppression import sensitive_cells

    generator = np.random.default_rng(4)
    found = set()
    for _ in range(12):
        values = generator.integers(0, 6, size=9).astype(float)
        chosen = [np.flatnonzero(generator.random(9) < 0.4) for _ in range(5)]
        sums = [Sum(9 + number, tuple(inside.tolist())) for number, inside in enumerate(chosen)]
        values = np.concatenate([values, [values[inside].sum() for inside in chosen]])
        table = SumTable(values, values.astype(int), sums)
        hidden = np.arange(14) < 9
        inside = {place for _, parts in sums for place in parts}
        audit = Audit(table, hidden, programmes=True)
        alone = any(
            audit.exposed(cell, RULES)
            for cell in np.flatnonzero(sensitive_cells(table, RULES) & hidden).tolist()
            if cell in inside
        )
        assert any_exposed(table, hidden, RULES) == alone
        found.add(alone)
    assert found == {False, True}
