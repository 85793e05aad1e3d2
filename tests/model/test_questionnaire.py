"""The questionnaire: names and labels that every tool can tell apart, and a column for every answer."""

import copy
import re

import pytest

from clusternet.errors import InputError
from clusternet.messages import LANGUAGES
from clusternet.model import STANDARD_LAYERS, Settings
from clusternet.model.questionnaire import (
    Choice,
    Question,
    Questionnaire,
    Section,
    in_language,
    questionnaire,
    verbatim,
)
from clusternet.model.schema import FACTORS, SCHEMA

ROSTER = [("E2", "Al Noor"), ("007", "ورشة النور"), ("E3", "al noor"), ("NA", "")]
OWN = {
    "vans": {"label": "Shared vans", "directed": True, "family": "trade"},
    "Prêt d'outils": {"label": "Tools", "directed": False},
    "إعارة": {"label": "tools"},
    "a_very_long_layer_name_indeed": {},
    "a_very_long_layer_name_indeed_2": {},
    "9lives": {},
    "double__underscore": {},
    "Supply": {"directed": True},
}
#: What an export may put between a question and what follows it.
SEPARATORS = ("/", "_", ".", "-", ":", "|", " ")


def settings(**further):
    return Settings.from_mapping({"layers": OWN, **further})


FORMS = {
    "generator": questionnaire(Settings()),
    "roster": questionnaire(Settings(), ROSTER),
    "limited": questionnaire(Settings(max_nominations=5)),
    "limited roster": questionnaire(Settings(max_nominations=5), ROSTER),
    "own layers": questionnaire(settings(max_nominations=3)),
    "own layers, roster": questionnaire(settings(), ROSTER),
}
every_form = pytest.mark.parametrize("form", FORMS.values(), ids=FORMS.keys())


def parts(form):
    return [*(section for section in form.sections if section.name), *form.questions]


# ---------------------------------------------------------------------- names and labels
@every_form
def test_names_are_unique_and_short_enough_for_every_tool(form):
    names = [part.name for part in parts(form)]
    assert len({name.casefold() for name in names}) == len(names)
    for name in names:
        assert re.fullmatch("[a-z][a-z0-9_]{0,31}", name), name
        assert "__" not in name
        assert not name.endswith("_")


@every_form
@pytest.mark.parametrize("language", LANGUAGES)
def test_labels_are_unique_so_that_an_export_with_labels_can_be_read(form, language):
    labels = [part.text(language).casefold() for part in parts(form) if part.label]
    assert len(set(labels)) == len(labels)
    for choices in form.choices.values():
        assert len({in_language(choice.label, language).casefold() for choice in choices}) == len(choices)


@every_form
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_question_begins_with_the_words_of_another(form, language):
    # A header such as "question/choice" would otherwise be taken for an answer to the shorter question.
    labels = [question.text(language).rstrip("?؟") for question in form.questions if question.label]
    starts = tuple(label + separator for label in labels for separator in SEPARATORS)
    assert [label for label in labels if label.startswith(starts)] == []


@pytest.mark.parametrize("design", ["generator", "roster", "limited", "limited roster"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_labels_fit_on_a_tablet_and_hold_no_separator_of_groups(design, language):
    labels = [part.text(language) for part in parts(FORMS[design]) if getattr(part, "type", "") != "note"]
    assert max(map(len, labels)) <= 80
    assert [label for label in labels if set("/|_\n") & set(label)] == []


@every_form
def test_everything_is_said_in_arabic(form):
    of_the_study = re.compile("|".join(["Shared vans", "[Tt]ools", "Supply"]))
    for part in parts(form):
        texts = [part.label, getattr(part, "hint", ""), getattr(part, "constraint_message", "")]
        for text in filter(None, texts):
            assert re.search("[\u0600-\u06ff]", of_the_study.sub("", in_language(text, "ar"))), text
            assert not re.search("[{}]", in_language(text, "ar") + text), text
    for name, choices in form.choices.items():
        for choice in choices if name != "roster" else ():
            assert re.search("[\u0600-\u06ff]", in_language(choice.label, "ar")), choice


# ---------------------------------------------------------------------- what fills what
@every_form
def test_every_answer_has_a_column_of_the_contract(form):
    beyond = {("enterprises", "location"), ("enterprises", "founded")}
    for question in form.questions:
        assert bool(question.table) == bool(question.column), question
        if question.table and (question.table, question.column) not in beyond:
            assert question.column in SCHEMA[question.table].names, question


@every_form
def test_columns_that_a_survey_must_have_are_asked_for(form):
    asked = {(question.table, question.column) for question in form.questions}
    said_by_sections = {
        ("linkages", "layer"),
        ("linkages", "source"),
        ("resources", "role"),
        ("resources", "enterprise_id"),
    }
    for name, table in SCHEMA.items():
        assert {(name, column) for column in table.required_names} <= asked | said_by_sections


@every_form
def test_choices_are_words_of_the_contract(form):
    for question in form.questions:
        assert question.type.startswith("select") == bool(question.choices)
        if not question.choices:
            continue
        names = {choice.name for choice in form.choices[question.choices]}
        words = SCHEMA[question.table][question.column].choices if question.column != "founded" else ()
        if words:
            assert names == set(words), question.name
    assert {choice.name for choice in form.choices["factors"]} == set(FACTORS)
    assert [float(choice.name) for choice in form.choices["strengths"]] == [1, 2, 3, 4, 5]
    assert {"01", "31", "99"} <= {choice.name for choice in form.choices["sectors"]}


@every_form
def test_each_layer_is_asked_from_each_of_its_ends(form):
    asked = [(section.layer, section.side) for section in form.sections if section.layer]
    known = settings() if any(layer == "vans" for layer, _ in asked) else Settings()
    expected = [
        (name, side)
        for name in known.known_layers
        for side in (("to", "from") if known.layer(name).directed else ("with",))
    ]
    assert asked == expected
    roles = {section.role: section.questions[0].column for section in form.sections if section.role}
    assert roles == {"need": "resource", "offer": "resource"}


def test_the_names_that_readers_rely_on():
    form = FORMS["generator"]
    for name in (
        "consent enterprise_id name name_alt sector stage place location founded workers women_workers youth_workers "
        "monthly_income formal energy_use turnover consent_publish need_resource need_factor need_quantity need_unit "
        "need_unit_cost offer_resource offer_unit_cost product_name product_stage input_name input_quantity "
        "supply_to_partner supply_to_weight supply_to_frequency supply_to_amount supply_to_unit finance_from_amount "
        "stock_with_partner start end today"
    ).split():
        assert form.question(name).name == name
    sections = [section.name for section in form.sections if section.name]
    assert sections[:8] == "consent_part enterprise people products inputs needs offers supply_to".split()
    assert sections[-2:] == ["environment", "publication"]
    assert form.section_of("input_quantity").inside == "products"
    assert form.section_of("supply_from_partner").side == "from"
    with pytest.raises(KeyError):
        form.question("knowledge_to_amount")
    roster = FORMS["roster"]
    assert roster.question("supply_to_partners").type == "select_multiple"
    assert roster.question("stock_with_others").type == "text"
    assert not any(section.repeat for section in roster.sections if section.layer)


def test_a_layer_whose_source_alone_is_asked_has_one_section():
    form = questionnaire(Settings.from_mapping({"layers": {"knowledge": {"asked": "source"}}}))
    assert [section.side for section in form.sections if section.layer == "knowledge"] == ["to"]


# ---------------------------------------------------------------------- consent, limits, constraints
@pytest.mark.parametrize("design", ["generator", "roster", "limited"])
def test_without_consent_nothing_more_is_asked(design):
    form = FORMS[design]
    free = {
        question.name
        for section in form.sections
        for question in section.questions
        if "${consent} = 'yes'" not in (section.relevant, question.relevant) and not section.inside
    }
    # The office must know which enterprise of its list did not take part.
    assert free == {"start", "end", "today", "welcome", "consent"} | (
        {"enterprise_id"} if design == "roster" else set()
    )


def test_the_largest_number_of_nominations_limits_every_section():
    form = FORMS["limited"]
    repeats = [section for section in form.sections if section.layer]
    assert len(repeats) == 16
    for section in repeats:
        count = form.question(section.count)
        assert (count.type, count.required, count.constraint) == ("integer", True, ". >= 0 and . <= 5")
        assert "5" in in_language(count.constraint_message, "ar")
        position = [question.name for question in form.questions].index(count.name)
        assert form.questions[position + 1] is section.questions[0]
    assert not any(section.count for section in FORMS["generator"].sections)
    listed = FORMS["limited roster"].question("supply_to_partners")
    assert listed.constraint == "count-selected(.) <= 5"


def test_a_part_of_the_workers_cannot_be_more_than_all():
    for name in ("women_workers", "youth_workers"):
        question = FORMS["generator"].question(name)
        assert ". <= ${workers}" in question.constraint
        assert "${workers} = ''" in question.constraint
        assert question.constraint_message


def test_nobody_can_choose_itself():
    form = FORMS["roster"]
    listed = [question for question in form.questions if question.type == "select_multiple"]
    assert len(listed) == 16
    assert {question.choice_filter for question in listed} == {"name != ${enterprise_id}"}
    assert form.question("enterprise_id").required


# ---------------------------------------------------------------------- designs and the roster
def test_the_design_follows_the_roster_unless_the_study_declares_it():
    assert FORMS["generator"].design == "generator"
    assert FORMS["roster"].design == "roster"
    assert questionnaire(Settings(design="generator"), ROSTER).design == "generator"
    assert questionnaire(Settings(design="roster")).design == "generator"
    assert "roster" not in FORMS["generator"].choices


def test_the_first_language_is_that_of_the_study():
    assert FORMS["generator"].languages == ("en", "ar")
    assert questionnaire(Settings(language="ar")).languages == ("ar", "en")


def test_names_that_are_the_same_carry_their_ids_and_no_name_is_translated():
    roster = [*ROSTER, ("E9", "Material")]
    found = {choice.name: choice.label for choice in questionnaire(Settings(), roster).choices["roster"]}
    assert found == {"E2": "Al Noor (E2)", "E3": "al noor (E3)", "007": "ورشة النور", "NA": "NA", "E9": "Material"}
    assert in_language(found["E9"], "ar") == "Material"
    assert in_language("Material", "ar") != "Material"
    backwards = questionnaire(Settings(), roster[::-1]).choices["roster"]
    assert backwards == questionnaire(Settings(), roster).choices["roster"]


def test_a_name_that_looks_like_another_with_its_id():
    roster = [("E1", "A"), ("E2", "A"), ("E3", "A (E1)")]
    labels = [choice.label for choice in questionnaire(Settings(), roster).choices["roster"]]
    assert labels == ["A (E1)", "A (E1) (E3)", "A (E2)"]


@pytest.mark.parametrize(
    ("roster", "expected"),
    [
        ([("E 1", "A")], '"E 1" holds a space'),
        ([(" E1", "A")], "holds a space"),
        ([("E\u00a01", "A")], "holds a space"),
        ([("E1", "A"), ("", "B")], "without an id"),
        ([("E1", "A"), ("E1", "B")], '"E1" stands 2 times'),
    ],
)
def test_an_id_that_cannot_be_chosen_is_refused(roster, expected):
    with pytest.raises(InputError, match=re.escape(expected)) as raised:
        questionnaire(Settings(), roster)
    assert re.search("[\u0600-\u06ff]", raised.value.text("ar"))


# ---------------------------------------------------------------------- layers of the study
def test_own_layers_get_names_that_last_and_words_with_their_label():
    form = FORMS["own layers"]
    names = {section.layer: section.name for section in form.sections if section.layer in OWN}
    assert names["vans"] == "vans_from"
    assert re.fullmatch("pret_d_out_[0-9a-f]{6}_with", names["Prêt d'outils"])
    assert re.fullmatch("layer_[0-9a-f]{6}_with", names["إعارة"])
    assert re.fullmatch("lives_[0-9a-f]{6}_with", names["9lives"])
    fewer = Settings.from_mapping({"layers": {"9lives": {}}})
    assert names["9lives"] in [section.name for section in questionnaire(fewer).sections]
    assert form.question("vans_to_partner").text("ar").startswith("Shared vans، منك")
    assert form.question("vans_to_amount").table == "linkages"
    assert "Tools (Prêt d'outils)" in form.question(names["Prêt d'outils"] + "_partner").label


def test_a_standard_layer_that_the_study_changes_is_asked_in_general_words():
    changed = {"supply": {"label": "Fournitures"}, "stock": {"directed": True}, "energy": {"weight": 2.0}}
    form = questionnaire(Settings.from_mapping({"layers": changed}))
    assert form.question("supply_to_partner").label == "Fournitures, from you: name of the other enterprise"
    assert form.question("stock_from_partner").text("ar").startswith("مخزون مشترك")
    assert form.question("energy_with_partner") == FORMS["generator"].question("energy_with_partner")


def test_every_standard_layer_has_words_of_its_own():
    form = FORMS["generator"]
    for section in form.sections:
        if section.layer:
            assert STANDARD_LAYERS[section.layer].label + ":" not in section.label


def test_layers_that_would_be_asked_for_in_the_same_words_are_refused():
    layers = {"gifts": {"label": "A (loans)"}, "loans": {"label": "A"}, "lendings": {"label": "a"}}
    with pytest.raises(InputError, match="would ask twice"):
        questionnaire(Settings.from_mapping({"layers": layers}))


# ---------------------------------------------------------------------- the noun
def test_a_questionnaire_is_checked_when_it_is_made():
    first, second = Question("a", "text", "One?"), Question("b", "text", "one")
    with pytest.raises(InputError, match='ask twice for "one"'):
        Questionnaire((Section("s", "S", (first, second), repeat=False),), {}, "generator")
    with pytest.raises(InputError, match='named "A"'):
        Questionnaire((Section("s", "S", (first, Question("A", "text", "Two")), repeat=False),), {}, "generator")
    for name in ("x" * 33, "1a", "a b", "a__b", "a_", "é"):
        with pytest.raises(InputError, match="cannot stand in a form"):
            Questionnaire((Section("s", "S", (Question(name, "text", "?!"),), repeat=False),), {}, "generator")
    form = FORMS["generator"]
    with pytest.raises(TypeError):
        form.choices["more"] = ()
    with pytest.raises(AttributeError):
        form.design = "roster"
    assert repr(form) == f"<Questionnaire: generator, {len(form.sections)} sections, {len(form.questions)} questions>"


def test_phrases_survive_copies_and_hold_nothing_that_a_form_would_run():
    phrase = FORMS["limited"].question("supply_to_count").label
    assert in_language(copy.deepcopy(phrase), "ar") == in_language(phrase, "ar") != phrase
    assert verbatim("a\x0b ${x}\n{y}") == "a $ {x} {y}"
    assert verbatim("a\x00b") == "a\ufffdb"
    assert Choice("x", verbatim("\ud800")).label == "?"
