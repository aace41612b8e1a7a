"""docs/reliability.md names tests that exist."""

import re
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
PAGE = (REPOSITORY / "docs" / "reliability.md").read_text(encoding="utf-8")
NAMED = sorted(set(re.findall(r"`(tests/[\w/]+\.py)::(\w+)(?:\[([^\]`]+)\])?`", PAGE)))


@pytest.mark.parametrize(("file", "function", "parameter"), NAMED)
def test_a_named_test_exists(file: str, function: str, parameter: str) -> None:
    text = (REPOSITORY / file).read_text(encoding="utf-8")
    assert f"def {function}(" in text
    assert not parameter or f'"{parameter}"' in text


def test_every_scenario_and_defect_is_on_the_page() -> None:
    from tests.integration.test_scenarios import SCENARIOS
    from tests.integration.test_seeded_defects import DEFECTS
    from tests.integration.test_shop_scenarios import SCENARIOS as OF_THE_SHOP

    assert {parameter for *_, parameter in NAMED} >= SCENARIOS.keys() | OF_THE_SHOP.keys()
    for name in DEFECTS:
        assert f"| {name[0].upper()}{name[1:]} |" in PAGE
