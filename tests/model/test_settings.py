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
    [{"ties": "both"}, {"language": "fr"}, {"haulage": -1.0}, {"max_nominations": 0}, {"poverty_line": float("nan")}],
)
def test_values_out_of_range_are_refused(values):
    with pytest.raises(InputError):
        Settings(**values)


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
        {"title": "T", "layers": {"friends": {"family": "trust"}}, "final_products": ["a"]}
    )
    assert (
        Settings.from_mapping({k: v for k, v in settings.as_dict().items() if v is not None}).as_dict()
        == settings.as_dict()
    )
