"""Histories come from their seed alone, hold all kinds of steps, and shrink towards nothing."""

import pytest
from hypothesis import HealthCheck, Phase, find, given, seed, settings

from tests.soak.steps import KillRun, Pause, Write, histories
from tests.soak.systems import SYSTEMS


def drawn(number, *, rules=True, examples=2, source="superstore"):
    kept = []

    @seed(number)
    @settings(max_examples=examples, database=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
    @given(histories(SYSTEMS[source].statements, rules=rules, shortest=10, longest=45))
    def keep(history):
        kept.append(history)

    keep()
    return kept


def test_a_seed_gives_one_history_and_another_seed_another():
    assert drawn(7) == drawn(7) != drawn(8)


def test_the_first_that_is_drawn_is_the_one_in_which_nothing_happens():
    first, second = drawn(7)
    assert all(step == Pause() for step in first)
    assert not all(isinstance(step, Pause) for step in second)


@pytest.mark.parametrize("source", SYSTEMS)
def test_histories_hold_every_kind_of_step_and_of_write(source):
    steps = [step for history in drawn(1, examples=150, source=source) for step in history]
    assert len({type(step) for step in steps}) == 12
    written = {step.what for step in steps if hasattr(step, "pick")}
    for kind in vars(SYSTEMS[source].statements).values():
        assert not written.isdisjoint(kind)


def test_without_a_quarantine_no_history_breaks_rules():
    written = {
        step.what for history in drawn(1, rules=False, examples=200) for step in history if isinstance(step, Write)
    }
    assert written.isdisjoint(SYSTEMS["superstore"].statements.defects)


def test_what_does_not_matter_is_left_out_when_a_history_fails():
    smallest = find(
        histories(SYSTEMS["superstore"].statements, rules=True, shortest=3, longest=45),
        lambda history: any(isinstance(step, KillRun) for step in history),
        settings=settings(database=None, derandomize=True),  # not from what an earlier run of the tests had found
    )
    assert sorted(map(repr, smallest)) == ["KillRun(stage='check', milliseconds=0)", *["Pause(milliseconds=0)"] * 2]
