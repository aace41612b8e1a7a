"""Histories drawn by hypothesis from a seed, played, and made smaller when one of them fails."""

from __future__ import annotations

from collections.abc import Callable

from hypothesis import HealthCheck, Phase, given, seed, settings

from tests.soak.play import Attack, Unequal
from tests.soak.steps import History, Pause, histories

SHORTEST, LONGEST = 20, 60  # steps; hypothesis draws about 30 of them


def play_drawn(
    attack: Attack, number: int, *, shrink: bool, on_failure: Callable[[History, Unequal], None] = lambda *_: None
) -> None:
    """Play the history of a seed; raises Unequal, or hypothesis' report of a failure that does not come again.

    `on_failure` is told of the history as it was drawn. With `shrink`, five minutes at most are then spent on finding
    a smaller one that fails, which the error's notes hold.
    """
    told: list[Unequal] = []

    @seed(number)
    @settings(
        max_examples=2,  # the first is always the simplest, in which nothing happens
        phases=[Phase.generate, Phase.shrink] if shrink else [Phase.generate],
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(histories(attack.system.statements, rules=attack.rules, shortest=SHORTEST, longest=LONGEST))
    def play(history: History) -> None:
        if all(isinstance(step, Pause) for step in history):
            return
        try:
            attack.play(history)
        except Unequal as error:
            if not told:
                told.append(error)
                on_failure(history, error)
            raise

    play()
