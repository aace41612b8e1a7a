"""The figures of the dashboards asked of the database itself: what the app computes in memory must equal them."""

import datetime as dt
from dataclasses import replace

import pandas as pd
import sqlalchemy as sa

COLUMNS = {
    "category": "product.category",
    "subcategory": "product.subcategory",
    "market": "customer.market",
    "region": "customer.region",
    "segment": "customer.segment",
}
PERIODS = {
    "day": "line.order_date_key",
    "week": "cast(date_format(day.date_day - interval (day.weekday - 1) day, '%Y%m%d') as signed)",
    "month": "line.order_date_key - mod(line.order_date_key, 100) + 1",
}
AMOUNTS = "sum(line.sales) as sales, sum(line.profit) as profit"
MEASURES = (
    f"{AMOUNTS}, count(distinct line.order_id) as orders, "
    "count(distinct case when line.return_key is not null then line.order_id end) as returned_orders"
)
FROM = (
    "from fct_sales as line inner join dim_customer as customer using (customer_key) "
    "inner join dim_product as product using (product_key) "
    "inner join dim_date as day on day.date_key = line.order_date_key "
    "left join dim_return as back on back.return_key = line.return_key"
)


class BySql:
    """The views of one role."""

    def __init__(self, url):
        self.engine = sa.create_engine(url, poolclass=sa.pool.NullPool)

    def rows(self, select, selection, rest=""):
        where, values = "line.order_date_key between :start and :end", {}
        for name in ("category", "market", "region", "segment"):
            if chosen := getattr(selection, name):
                where += f" and {COLUMNS[name]} in :{name}"
                values[name] = list(chosen)
        statement = sa.text(f"select {select} {FROM} where {where} {rest}")
        statement = statement.bindparams(*(sa.bindparam(name, expanding=True) for name in values))
        values |= {"start": key(selection.start), "end": key(selection.end)}
        with self.engine.connect() as connection:
            result = connection.execute(statement, values)
            found = pd.DataFrame(result.all(), columns=list(result.keys()))
        return found.assign(**{name: found[name].astype(float) for name in ("sales", "profit") if name in found})

    def totals(self, selection):
        found = self.rows(MEASURES, selection).iloc[0]
        return tuple(found)

    def by(self, selection, dimension):
        return self.rows(f"{COLUMNS[dimension]} as {dimension}, {MEASURES}", selection, "group by 1")

    def trend(self, selection, grain):
        found = self.rows(f"{PERIODS[grain]} as period, {MEASURES}", selection, "group by 1 order by 1")
        return found.assign(period=[dt.datetime.strptime(str(day), "%Y%m%d").date() for day in found["period"]])

    def products(self, selection, measure, count, best):
        return self.rows(
            f"product.product_name as product, line.product_id, {MEASURES}",
            selection,
            f"group by 1, 2 order by {measure} {'desc' if best else 'asc'}, product_id limit {count}",
        )

    def cities(self, selection):
        return self.rows(
            "customer.country, customer.state, customer.city, "
            f"{MEASURES}, count(distinct line.customer_key) as customers",
            selection,
            "group by 1, 2, 3",
        )

    def discounts(self, selection):
        found = self.rows(
            f"round(line.discount * 20) / 20 as discount, {AMOUNTS}, count(*) as order_lines",
            selection,
            "group by 1 order by 1",
        )
        return found.assign(discount=found["discount"].astype(float))

    def returns(self, selection, what):
        column = {"status": "return_status", "reason": "reason"}[what]
        return self.rows(
            f"coalesce(nullif(back.{column}, ''), 'not said') as {what}, count(distinct line.order_id) as orders, "
            "sum(line.sales) as sales",
            replace(selection, category=()),
            "and line.return_key is not null group by 1",
        ).sort_values(what, ignore_index=True)


def key(day):
    return day.year * 10_000 + day.month * 100 + day.day
