"""The simulated respondents are worth the trip: they say what spoils files, and the same every time."""

import pytest

from clusternet.model.questionnaire import questionnaire
from clusternet.model.settings import Settings
from clusternet.report.form import write_form
from tests.ingest.exports import simulation, truth
from tests.ingest.exports.form_model import Form, placed_rows, read_form


@pytest.fixture(scope="module", params=("generator", "roster"))
def form(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Form:
    """The form of each design, as the command writes it."""
    roster = simulation.register() if request.param == "roster" else ()
    path = tmp_path_factory.mktemp("form") / "form.xlsx"
    return read_form(write_form(questionnaire(Settings(), roster), path))


def test_fifty_respondents_answer_alike_every_time(form: Form) -> None:
    first, second = simulation.fill_in(form), simulation.fill_in(form)
    assert len(first) == 50
    assert [entry.answers for entry in first] == [entry.answers for entry in second]
    assert [entry.answers for entry in first] != [entry.answers for entry in simulation.fill_in(form, seed=6)]


def test_every_condition_of_the_form_is_the_consent_that_the_simulation_heeds(form: Form) -> None:
    assert {entry.relevant for entry in form.fields} == {"", "${consent} = 'yes'"}
    for submission in simulation.fill_in(form):
        refused = submission.number in simulation.REFUSING
        assert submission.answers["consent"] == ("no" if refused else "yes")
        assert refused == ("sector" not in submission.answers)


def test_every_question_is_answered_by_somebody_with_a_choice_that_there_is(form: Form) -> None:
    submissions = simulation.fill_in(form)
    silent = {"welcome", "name"} if form.find("enterprise_id").options else {"welcome"}
    for table in form.tables:
        rows = [row for entry in submissions for row, _ in placed_rows(table, form, entry)]
        for question in table.fields:
            answers = [row[question.name] for row in rows if question.name in row]
            assert bool(answers) == (question.name not in silent), question.name
            names = {option.name for option in question.options}
            given = {name for answer in answers for name in ([answer] if isinstance(answer, str) else answer)}
            assert not names or given <= names, question.name


def test_they_say_what_files_are_spoilt_by(form: Form) -> None:
    tables = truth.tables_of(form, simulation.fill_in(form), roster=bool(form.find("enterprise_id").options))
    said = {value for rows in tables.values() for row in rows for value in row.values()}
    assert {"007", "12E5", "NA", "None", "٠٠٧"} <= said
    assert any("\n" in value for value in said)
    names = [name for _, name in simulation.register()]
    assert len(set(names)) == len(names)
    assert {name[0] for name in names} >= set("=+-@<")
    assert any("؀" < letter < "ۿ" for name in names for letter in name)
    lonely = {simulation.id_of(number) for number in simulation.LONELY}
    assert not lonely & {row["enterprise_id"] for row in tables["resources"]}


def test_partners_are_typed_as_in_the_register_or_by_id_or_stand_outside(form: Form) -> None:
    known = {entry for pair in simulation.register() for entry in pair}
    tables = truth.tables_of(form, simulation.fill_in(form), roster=bool(form.find("enterprise_id").options))
    ends = {row[end] for row in tables["linkages"] for end in ("source", "target")}
    outside = ends - known
    assert len(outside) == 2, outside
    assert {row["layer"] for row in tables["linkages"]} == set(Settings().known_layers)
