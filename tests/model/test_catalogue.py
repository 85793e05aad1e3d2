import pytest

from clusternet.detect import METHODS
from clusternet.errors import InputError
from clusternet.metrics import METRICS
from clusternet.model import STANDARD_LAYERS, Catalogue, Layer


def test_a_catalogue_cannot_be_changed():
    with pytest.raises(TypeError):
        METRICS["mine"] = None
    with pytest.raises(AttributeError):
        METRICS.clear()


def test_a_wrong_name_gets_the_nearest():
    with pytest.raises(InputError, match='Did you mean "leiden"'):
        METHODS["leidn"]
    assert "leidn" not in METHODS
    assert METHODS.get("leidn") is None


def test_names_are_unique():
    with pytest.raises(InputError, match="Two entries"):
        Catalogue("layer", [Layer("x", "X"), Layer("x", "Y")])


def test_families_stand_together():
    families = [metric.card.family for metric in METRICS.values()]
    assert families == sorted(families, key=families.index)
    assert next(iter(STANDARD_LAYERS)) == "supply"
