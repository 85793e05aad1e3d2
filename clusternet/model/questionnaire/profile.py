"""What is asked about the enterprise itself: consent, profile, products, needs and offers, what may be published."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from clusternet.messages import mark
from clusternet.model.questionnaire.questions import Question, Section

#: When everything behind the question for consent is asked.
CONSENTED = "${consent} = 'yes'"
_AT_LEAST_0 = mark("Please give a number of at least 0.")
_MONTH = mark("In a usual month.")


def opening_sections() -> list[Section]:
    """Return what stands before the interview: time stamps, the welcome and the question for consent."""
    welcome = mark(
        "Thank you for your time. We ask about your enterprise and those that it works with, to learn which of them "
        "form clusters and what would help them. Taking part is free: you may leave out any question and stop at any "
        "time. Your answers stay with the office that asks you; at the end you say what it may publish."
    )
    consent = Question(
        "consent",
        "select_one",
        mark("Do you agree to take part?"),
        "enterprises",
        "respondent",
        "yes_no",
        hint=mark("If the answer is no, the interview ends here. Thank the person all the same."),
        required=True,
    )
    stamps = tuple(Question(name, name, "") for name in ("start", "end", "today"))
    return [
        Section("", "", stamps, repeat=False),
        Section(
            "consent_part", mark("About this survey"), (Question("welcome", "note", welcome), consent), repeat=False
        ),
    ]


def profile_sections(*, roster: bool) -> list[Section]:
    """Return the profile of the enterprise and of the people who work there.

    Parameters
    ----------
    roster : bool
        Whether the enterprise is chosen from the list of choices ``roster``. Its id is then asked without consent too,
        so that the office knows who did not take part.
    """
    details = _in_table("enterprises", _details(roster=roster))
    if roster:
        chosen = Question(
            "enterprise_id",
            "select_one",
            mark("Which enterprise is this?"),
            "enterprises",
            "enterprise_id",
            "roster",
            hint=mark("Choose it even where the person does not want to take part."),
            required=True,
            appearance="minimal autocomplete",
        )
        details = (chosen, *(replace(question, relevant=CONSENTED) for question in details))
    enterprise = Section(
        "enterprise", mark("The enterprise"), details, repeat=False, relevant="" if roster else CONSENTED
    )
    people = _in_table("enterprises", _people())
    return [enterprise, Section("people", mark("The people who work here"), people, repeat=False, relevant=CONSENTED)]


def _details(*, roster: bool) -> list[Question]:
    identifier = Question(
        "enterprise_id",
        "text",
        mark("Number of the enterprise in the office's register"),
        hint=mark("Leave it empty where there is no register."),
    )
    return [
        *([] if roster else [identifier]),
        Question(
            "name",
            "text",
            mark("Name of your enterprise"),
            hint=mark("Only where it differs from the list.")
            if roster
            else mark("As it stands on the sign or on bills."),
            required=not roster,
        ),
        Question("name_alt", "text", mark("The same name in another language or script")),
        Question(
            "sector",
            "select_one",
            mark("Main line of business"),
            choices="sectors",
            hint=mark("Type a few letters to find it. The codes are those of ISIC Rev.4."),
            appearance="minimal autocomplete",
        ),
        Question(
            "stage",
            "text",
            mark("Main step of work"),
            hint=mark(
                "In few words, for example sawing, weaving or painting; always the same words for the same step."
            ),
        ),
        Question("place", "text", mark("Quarter, village or town")),
        Question(
            "location",
            "geopoint",
            mark("Position of the workshop"),
            hint=mark("Outdoors, and only if the person agrees."),
        ),
        Question(
            "founded",
            "integer",
            mark("Year in which the enterprise began"),
            constraint=". >= 1800 and . <= format-date(today(), '%Y')",
            constraint_message=mark("Please give a year from 1800 to this year."),
        ),
    ]


def _people() -> list[Question]:
    part = "(${workers} = '' or . <= ${workers})"
    too_many = mark("Please give a number from 0 to the number of all workers.")
    return [
        Question(
            "workers",
            "integer",
            mark("How many people work here?"),
            hint=mark("With the owner and the family, paid or not."),
            constraint=". >= 0 and . <= 100000",
            constraint_message=mark("Please give a number from 0 to 100,000."),
        ),
        Question(
            "women_workers",
            "integer",
            mark("How many of them are women?"),
            constraint=f". >= 0 and {part}",
            constraint_message=too_many,
        ),
        Question(
            "youth_workers",
            "integer",
            mark("How many of them are younger than 30?"),
            constraint=f". >= 0 and {part}",
            constraint_message=too_many,
        ),
        Question(
            "monthly_income",
            "decimal",
            mark("Income of the owner from this enterprise in a usual month"),
            hint=mark("What is left after all costs, in local currency. An estimate is fine."),
        ),
        Question("formal", "select_one", mark("Is the enterprise officially registered?"), choices="yes_no"),
    ]


def ledger_sections() -> list[Section]:
    """Return what the enterprise makes and from what, what it needs and what it offers."""
    product = (
        Question("product_name", "text", mark("Name of the product"), column="product"),
        Question("product_stage", "text", mark("Step of work that makes it"), column="stage"),
    )
    entry = (
        Question("input_name", "text", mark("What goes into this product?"), column="input"),
        _number("input_quantity", mark("How much of it goes into one unit of the product?"), "quantity"),
    )
    products = Section(
        "products", mark("What you make"), _in_table("recipes", product), repeat=True, relevant=CONSENTED
    )
    inputs = Section(
        "inputs", mark("Its materials and parts"), _in_table("recipes", entry), repeat=True, inside="products"
    )
    examples = mark("One thing for each entry: a material, a machine, workers, credit, advice.")
    kilograms = mark("For example kg, pieces or hours.")
    need = (
        Question("need_resource", "text", mark("What do you need?"), column="resource", hint=examples),
        Question("need_factor", "select_one", mark("What kind of need is it?"), column="factor", choices="factors"),
        _number("need_quantity", mark("How much of it do you need?"), "quantity", _MONTH),
        Question("need_unit", "text", mark("Unit of what you need"), column="unit", hint=kilograms),
        _number("need_unit_cost", mark("What do you pay for one unit?"), "unit_cost"),
    )
    offer = (
        Question("offer_resource", "text", mark("What do you offer?"), column="resource", hint=examples),
        Question("offer_factor", "select_one", mark("What kind of offer is it?"), column="factor", choices="factors"),
        _number("offer_quantity", mark("How much of it can you offer?"), "quantity", _MONTH),
        Question("offer_unit", "text", mark("Unit of what you offer"), column="unit", hint=kilograms),
        _number("offer_unit_cost", mark("What do you ask for one unit?"), "unit_cost"),
    )
    needs = Section("needs", mark("What you need from others"), _in_table("resources", need), True, role="need")
    offers = Section("offers", mark("What you can give to others"), _in_table("resources", offer), True, role="offer")
    return [products, inputs, replace(needs, relevant=CONSENTED), replace(offers, relevant=CONSENTED)]


def closing_sections() -> list[Section]:
    """Return what is asked last: energy, turnover, and what may be published."""
    environment = (
        _number("energy_use", mark("Energy used, in kWh"), "", mark("In a usual month; the bill tells it.")),
        _number(
            "turnover", mark("Turnover in local currency"), "", mark("All sales of a usual month. An estimate is fine.")
        ),
    )
    publication = (
        Question(
            "consent_publish",
            "select_one",
            mark("What may be published about your enterprise?"),
            choices="consent_levels",
            hint=mark("Read out all answers. Nothing is published where no answer is given."),
        ),
    )
    return [
        Section(name, label, _in_table("enterprises", questions), repeat=False, relevant=CONSENTED)
        for name, label, questions in (
            ("environment", mark("Energy and turnover"), environment),
            ("publication", mark("Publication"), publication),
        )
    ]


def _number(name: str, label: str, column: str, hint: str = "") -> Question:
    return Question(
        name, "decimal", label, column=column, hint=hint, constraint=". >= 0", constraint_message=_AT_LEAST_0
    )


def _in_table(table: str, questions: Sequence[Question]) -> tuple[Question, ...]:
    """Return questions that fill columns of a table; a column is called as its question where nothing else is said."""
    return tuple(replace(question, table=table, column=question.column or question.name) for question in questions)
