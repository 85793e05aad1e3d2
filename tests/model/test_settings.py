import pytest

from clusternet.errors import InputError
from clusternet.model import STANDARD_LAYERS, Layer, Settings
from clusternet.model.settings import check_seed


def test_e09_unknown_keys_name_the_nearest():
    with pytest.raises(InputError) as caught:
        Settings.from_mapping({"tytle": "x", "seed": "3", "layers": {"supply": {"wieght": 2}}, "ties": "both"})
    messages = " ".join(problem.message() for problem in caught.value.problems)
    assert 'did you mean "title"' in messages
    assert 'did you mean "layers.supply.weight"' in messages
    assert "expected a whole number" in messages
    assert {problem.code for problem in caught.value.problems} == {"E09"}


@pytest.mark.parametrize(
    "values",
    [
        {"sectors": "ISIC9"},
        {"survey_year": 24},
        {"bounds": (1.0, 2.0, 3.0)},
        {"bounds": (33.0, 34.0, 29.0, 39.0)},
        {"bounds": (29.0, 34.0, 95.0, 39.0)},
        {"bounds": (29.0, 34.0, float("nan"), 39.0)},
        {"ties": "both"},
        {"language": "fr"},
        {"haulage": -1.0},
        {"max_nominations": 0},
        {"poverty_line": float("nan")},
    ],
)
def test_values_out_of_range_are_refused(values):
    with pytest.raises(InputError):
        Settings(**values)


def test_e09_bounds_sectors_and_year_from_a_file():
    settings = Settings.from_mapping({"sectors": "NACE2", "survey_year": 2024, "bounds": [29, 34.9, 33.4, 39.3]})
    assert (settings.sectors, settings.survey_year, settings.bounds) == ("NACE2", 2024, (29, 34.9, 33.4, 39.3))
    assert Settings.from_mapping({"bounds": [-21, 176, -12, -178]}).bounds == (-21, 176, -12, -178)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"sectors": "NACE"}, "NACE2, NACE21"),
        ({"sectors": 4}, "expected a text"),
        ({"bounds": "Jordan"}, "expected a list of numbers"),
        ({"bounds": [1, 2, 3, "4"]}, "expected a list of numbers"),
        ({"bounds": [10**400, 2, 3, 4]}, "[south, west, north, east]"),
        ({"survey_year": 2024.5}, "expected a whole number"),
        ({"survey_year": 24}, "four digits"),
    ],
)
def test_e09_bounds_sectors_and_year_that_cannot_be(given, said):
    with pytest.raises(InputError) as caught:
        Settings.from_mapping(given)
    (problem,) = caught.value.problems
    assert problem.code == "E09"
    assert said in problem.message()


@pytest.mark.parametrize("seed", [-1, 2**64, "abc", 1.5, True])
def test_d15_seeds_out_of_range_are_refused(seed):
    with pytest.raises(InputError, match="whole number"):
        check_seed(seed)


def test_declared_layers_start_from_the_standard_ones():
    settings = Settings.from_mapping({"layers": {"supply": {"weight": 2}, "friends": {"family": "trust"}}})
    assert settings.layer("supply") == Layer(
        "supply", "Supply", "trade", directed=True, weight=2, sentence=STANDARD_LAYERS["supply"].sentence
    )
    assert settings.layer("friends").family == "trust"
    assert settings.layer("gossip") is None
    assert "friends" in settings.known_layers


@pytest.mark.parametrize(
    "options", [{"family": "love"}, {"weight": -1.0}, {"weight": float("inf")}, {"asked": "nobody"}]
)
def test_a_layer_is_checked(options):
    with pytest.raises(InputError, match="Layer"):
        Layer("x", "X", **options)


def test_settings_are_plain_data_again():
    settings = Settings.from_mapping(
        {"title": "T", "layers": {"friends": {"family": "trust"}}, "final_products": ["a"], "bounds": [1, 2, 3, 4]}
    )
    assert (
        Settings.from_mapping({k: v for k, v in settings.as_dict().items() if v is not None}).as_dict()
        == settings.as_dict()
    )
