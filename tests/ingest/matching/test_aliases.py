"""``aliases.csv``: decisions are remembered; its faults are told by number; enterprises that are one are merged."""

import pytest

from clusternet.errors import InputError
from clusternet.ingest import build_network, read_survey
from clusternet.ingest.matching.aliases import joined_decisions
from clusternet.model.matching import Decision, other_of, pair_text

REGISTER = (
    "enterprise_id,name,name_alt,place,respondent,consent_publish\n"
    "E1,Cedar Doors,,,no,named\nE2,Oak Tables,,Amman,yes,none\nE3,Beech Chairs,,,yes,named\nE9,Ceder Doors Co,,Irbid,yes,none\n"
)


def linkages(*rows):
    return "\n".join(["source,target,layer", *rows]) + "\n"


def aliases(*rows):
    return "\n".join(["kind,text,enterprise_id", *rows]) + "\n"


def found(survey, code):
    return [problem for problem in survey.problems if problem.code == code]


def test_a_remembered_partner_is_taken_and_the_file_is_an_input(write_survey):
    folder = write_survey(
        linkages=linkages("E2,The door people,stock", "E2,cedar door,supply", "E3,Oak Tables Ltd,stock"),
        aliases=aliases("partner,THE DOOR  PEOPLE,E1", "partner,Oak tables LTD,"),
    )
    survey = read_survey(folder)
    # Decided, likely, and decided to be none of the register.
    assert survey.linkages["target"].tolist() == ["E1", "E1", "Oak Tables Ltd"]
    assert "aliases.csv" in {file.name for file in survey.provenance.inputs}
    assert not [problem for problem in found(survey, "C04") if "may be enterprises" in problem.message()]
    assert build_network(survey).outside_names == ("Oak Tables Ltd",)


def test_only_a_decision_takes_away_an_exact_name(write_survey):
    folder = write_survey(linkages=linkages("E2,cedar doors,stock"), aliases=aliases("partner,Cedar Doors,E3"))
    assert read_survey(folder).linkages["target"].tolist() == ["E3"]


@pytest.mark.parametrize(
    ("rows", "row", "column"),
    [
        (["partner,Door people,E1", "partner,door PEOPLE,E2"], 3, "text"),
        (["friend,Door people,E1"], 2, "kind"),
        (["duplicate,E1 | E2,E3"], 2, "enterprise_id"),
        (["duplicate,E1,E1"], 2, "enterprise_id"),
    ],
)
def test_C04_decisions_that_are_none_or_contradict(refused, rows, row, column):
    (problem,) = refused(aliases=aliases(*rows))
    assert (problem.code, problem.file, problem.row, problem.column) == ("C04", "aliases.csv", row, column)


def test_A21_a_file_without_its_columns(refused):
    (problem,) = refused(aliases="kind,name,enterprise_id\npartner,x,E1\n")
    assert (problem.code, problem.file) == ("A21", "aliases.csv")


def test_C18_a_decision_about_nobody_of_the_register_is_left_out_and_told(write_survey):
    folder = write_survey(
        linkages=linkages("E2,Door people,stock"), aliases=aliases("partner,Door people,E77", "duplicate,E1 | E78,E1")
    )
    survey = read_survey(folder)
    assert survey.linkages["target"].tolist() == ["Door people"]
    told = [problem for problem in found(survey, "C18") if problem.file == "aliases.csv"]
    assert [(problem.row, problem.value, problem.severity) for problem in told] == [
        (2, "E77", "warning"),
        (3, "E78", "warning"),
    ]


def test_the_same_decision_twice_is_no_contradiction(write_survey):
    folder = write_survey(linkages=linkages("E2,x y z,stock"), aliases=aliases("partner,x y z,E1", "partner,X Y Z,E1"))
    assert read_survey(folder).linkages["target"].tolist() == ["E1"]


def test_how_the_survey_is_written_says_nothing_about_the_file(write_survey):
    folder = write_survey(
        study__toml='[mapping]\nseparator = ";"\nencoding = "cp1256"\n',
        enterprises="enterprise_id;name\nE1;أرز\nE2;بلوط\n".encode("cp1256"),
        linkages="source;target;layer\nE1;الجيران;stock\n".encode("cp1256"),
        aliases="\ufeff" + aliases("partner,الجيران,E2"),
    )
    assert read_survey(folder).linkages["target"].tolist() == ["E2"]


def test_C01_two_enterprises_decided_to_be_one_are_merged(write_survey):
    folder = write_survey(
        enterprises=REGISTER,
        linkages="source,target,layer,reporter\nE9,E2,stock,E9\nE3, E9 ,supply,\nE2,Ceder Doors Co,stock,\n",
        resources="enterprise_id,resource,role\nE9,wood,need\nE1,doors,offer\n",
        aliases=aliases("duplicate,E1 | E9,E1"),
    )
    survey = read_survey(folder)
    assert survey.enterprises["enterprise_id"].tolist() == ["E1", "E2", "E3"]
    merged = survey.enterprises.iloc[0]
    # Its own name stays, what was empty is filled, one of the two answered, and the stricter consent holds.
    assert merged[["name", "name_alt", "place", "respondent", "consent_publish"]].tolist() == [
        "Cedar Doors",
        "Ceder Doors Co",
        "Irbid",
        "yes",
        "none",
    ]
    assert survey.linkages[["source", "target"]].to_numpy().tolist() == [["E1", "E2"], ["E3", "E1"], ["E2", "E1"]]
    assert survey.linkages["reporter"].tolist()[0] == "E1"
    assert survey.resources["enterprise_id"].tolist() == ["E1", "E1"]
    (problem,) = found(survey, "C01")
    assert (problem.values["count"], problem.row) == (1, 5)
    assert survey.original["enterprises"]["enterprise_id"].tolist() == ["E1", "E2", "E3", "E9"]


def test_more_than_two_become_one_whatever_the_order_of_the_rows(write_survey):
    rows = ["duplicate,E2 | E3,E2", "duplicate,E1 | E2,E1"]
    for number, order in enumerate((rows, rows[::-1])):
        folder = write_survey(f"survey{number}", linkages=linkages("E3,Mill,stock"), aliases=aliases(*order))
        survey = read_survey(folder)
        assert survey.enterprises["enterprise_id"].tolist() == ["E1"]
        assert survey.linkages["source"].tolist() == ["E1"]


def test_C04_enterprises_of_one_name_are_counted_and_kept_apart(write_survey):
    register = "enterprise_id,name\nE1,Cedar Doors\nE2,CEDAR DOORS Ltd.\nE3,Beech\n"
    survey = read_survey(write_survey(enterprises=register))
    (problem,) = found(survey, "C04")
    assert (problem.values["count"], problem.row, problem.column) == (2, 2, "name")
    assert len(survey.enterprises) == 3
    decided = write_survey("decided", enterprises=register, aliases=aliases("duplicate,E1 | E2,"))
    assert found(read_survey(decided), "C04") == []


def test_C03_ids_that_stand_for_names_are_no_namesakes(write_survey):
    survey = read_survey(
        write_survey(enterprises="enterprise_id,name\nE-1,\nE.1,\nE2,Oak\nE3,Ash\n", linkages=linkages("E2,E3,stock"))
    )
    assert found(survey, "C04") == []


def test_new_decisions_win_over_old_ones():
    old = [Decision("partner", "Door people", "E1"), Decision("duplicate", "E1 | E2", "")]
    new = [Decision("partner", "DOOR people", ""), Decision("partner", "a", "E2")]
    joined = joined_decisions(old, new)
    assert joined == (old[1], new[1], new[0])
    assert joined_decisions(reversed(old), new) == joined


def test_pairs_of_ids():
    assert pair_text("E9", "E5") == pair_text("E5", "E9") == "E5 | E9"
    assert other_of("E5 | E9", "E9") == "E5"
    assert other_of("a | b | c", "c") == "a | b"
    assert other_of("E5 | E9", "E1") == other_of("E5", "E5") == ""


def test_errors_beside_the_file_do_not_hide_it(write_survey):
    with pytest.raises(InputError) as caught:
        read_survey(write_survey(linkages=linkages("E1,,stock"), aliases=aliases("friend,x,E1")))
    assert sorted(problem.code for problem in caught.value.problems) == ["C04", "D11"]
