"""What a round of changes touches follows from the amount, the state and the seed."""

import numpy as np
import pytest

from oltp.amounts import lines_meant
from oltp.errors import SourceError
from oltp.superstore.change import portions_of
from oltp.superstore.population import Population, choose_orders, next_number


def population(orders: int) -> Population:
    return Population(
        order_ids=[f"CA-2025-{number}" for number in range(10_000_000, 10_000_000 + orders)],
        order_dates=np.arange(orders) * 1460 // orders,
        customer_ids=[f"C-{number}" for number in range(1_000_000, 1_000_000 + orders)],
        product_ids=[f"P-{number}" for number in range(1_000_000, 1_000_400)],
        return_ids=[f"RET-{number}" for number in range(100_000, 100_000 + orders // 20)],
        line_count=2 * orders,
    )


@pytest.mark.parametrize(
    ("amount", "lines"), [("1%", 513), ("0.5%", 256), ("5000", 5000), (" 100% ", 51290), ("1", 1), ("0.0001%", 1)]
)
def test_an_amount_is_a_share_or_a_number_of_lines(amount, lines):
    assert lines_meant(amount, 51_290) == lines


@pytest.mark.parametrize("amount", ["", "one", "-1%", "0", "0%", "101%", "60000", "1 %", "nan"])
def test_any_other_amount_is_refused_with_a_remedy(amount):
    with pytest.raises(SourceError):
        lines_meant(amount, 51_290)


def test_line_changes_add_up_to_the_amount_and_the_rest_has_its_share():
    portions = portions_of(1000, population(50_000))
    touched = portions.new_lines + portions.edited_lines + portions.reshipped_lines + portions.deleted_lines
    assert touched + 2.05 * portions.deleted_orders == pytest.approx(1000, rel=0.02)
    assert portions.edited_customers == 500


def test_recent_orders_are_chosen_most_and_old_ones_now_and_then():
    state = population(20_000)
    chosen = choose_orders(state, 1000, np.random.default_rng(1))
    assert len(set(chosen)) == 1000
    positions = np.array([state.order_ids.index(order_id) for order_id in chosen])
    assert (positions > 18_000).mean() > 0.5
    assert (positions < 10_000).mean() > 0.01


def test_the_same_state_and_seed_choose_the_same_orders():
    state = population(1000)
    first = choose_orders(state, 50, np.random.default_rng(1))
    assert choose_orders(state, 50, np.random.default_rng(1)) == first
    assert choose_orders(state, 50, np.random.default_rng(2)) != first


def test_new_ids_follow_the_greatest_and_ids_of_other_forms_do_not_count():
    assert next_number(["CA-2024-10000007", "CA-2018-152156-X", "IN-2024-10000003", "free text"], 5) == 10_000_008
    assert next_number([], 5) == 5
