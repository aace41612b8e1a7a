"""Questions over the whole semantic layer with gold SQL over the source system, written without the planner's words.

    python -m tests.eval.make_questions [--count 1200] [--seed 7] > tests/eval/generated.yml

Gold is written here by hand for each metric, dimension, filter and period, and put together by the shape of the
question; nothing of `app/answers` is read.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from dataclasses import dataclass

LINES = (
    "order_products l join orders o on o.order_id = l.order_id join customers c on c.customer_id = o.customer_id"
    " join segments g on g.segment_id = c.segment_id join products p on p.product_id = l.product_id"
    " join subcategories u on u.subcategory_id = p.subcategory_id join categories k on k.category_id = u.category_id"
    " left join returns r on r.order_id = o.order_id"
)
RETURNS = (
    "returns r join orders o on o.order_id = r.order_id join customers c on c.customer_id = o.customer_id"
    " join segments g on g.segment_id = c.segment_id"
)
NEWEST = "(select max(order_date) from orders where order_id in (select order_id from order_products))"


@dataclass(frozen=True)
class Figure:
    """A metric: its gold, what people call it, and whether it can be summed up."""

    sql: str
    names: tuple[str, ...]
    additive: bool = True
    money: bool = False


FIGURES = {
    "sales": Figure("sum(l.sales)", ("sales", "revenue", "turnover", "total sales"), money=True),
    "profit": Figure("sum(l.profit)", ("profit", "total profit", "earnings"), money=True),
    "margin": Figure("sum(l.profit) / nullif(sum(l.sales), 0)", ("profit margin", "margin"), False),
    "orders": Figure("count(distinct l.order_id)", ("number of orders", "orders", "order count"), False),
    "units": Figure("sum(l.quantity)", ("units sold", "quantity", "number of units")),
    "aov": Figure("sum(l.sales) / nullif(count(distinct l.order_id), 0)", ("average order value", "AOV", "basket size"), False, True),
    "discount": Figure("avg(l.discount)", ("average discount", "mean discount"), False),
    "shipping": Figure("sum(l.shipping_cost)", ("shipping cost", "shipping costs"), money=True),
    "customers": Figure("count(distinct o.customer_id)", ("number of customers", "customer count"), False),
    "return_rate": Figure("count(distinct case when r.return_id is not null then l.order_id end)::numeric / nullif(count(distinct l.order_id), 0)", ("return rate", "rate of returns"), False),
    "days_to_ship": Figure("avg(l.ship_date - o.order_date)", ("average days to ship", "average shipping time"), False),
    "lines": Figure("count(*)", ("number of order lines", "order lines")),
}  # fmt: skip
DIMENSIONS = {
    "category": ("k.category_name", ("category", "product category"), "categories"),
    "subcategory": ("u.subcategory_name", ("subcategory", "sub-category"), "subcategories"),
    "segment": ("g.segment_name", ("segment", "customer segment"), "segments"),
    "market": ("c.market", ("market",), "markets"),
    "region": ("c.region", ("region",), "regions"),
    "country": ("c.country", ("country",), "countries"),
    "ship_mode": ("l.ship_mode", ("ship mode", "shipping mode"), "ship modes"),
    "priority": ("o.order_priority", ("order priority", "priority"), "order priorities"),
}
GRAINS = {
    "month": "date_trunc('month', o.order_date)::date",
    "quarter": "date_trunc('quarter', o.order_date)::date",
    "year": "extract(year from o.order_date)::int",
}
FILTERS = (
    ("k.category_name = 'Furniture'", ("furniture",), "category"),
    ("k.category_name = 'Technology'", ("technology",), "category"),
    ("k.category_name = 'Office Supplies'", ("office supplies",), "category"),
    ("u.subcategory_name = 'Chairs'", ("chairs",), "subcategory"),
    ("u.subcategory_name = 'Phones'", ("phones",), "subcategory"),
    ("u.subcategory_name = 'Binders'", ("binders",), "subcategory"),
)
PLACES = (
    ("g.segment_name = 'Consumer'", ("for consumers", "in the consumer segment", "from consumer customers"), "segment"),
    ("g.segment_name = 'Corporate'", ("in the corporate segment", "for corporate customers"), "segment"),
    ("g.segment_name = 'Home Office'", ("in the home office segment", "for home office customers"), "segment"),
    ("c.country = 'Germany'", ("in Germany", "from Germany"), "country"),
    ("c.country = 'France'", ("in France", "for France"), "country"),
    ("c.country = 'United States'", ("in the United States", "in the USA"), "country"),
    ("c.country = 'Brazil'", ("in Brazil",), "country"),
    ("c.market = 'EU'", ("in the EU market", "in Europe"), "market"),
    ("c.market = 'APAC'", ("in APAC", "in the APAC market"), "market"),
    ("c.market = 'LATAM'", ("in LATAM", "in Latin America"), "market"),
    ("l.ship_mode = 'First Class'", ("with first class shipping", "shipped first class"), "ship_mode"),
    ("l.ship_mode = 'Same Day'", ("with ship mode same day",), "ship_mode"),
    ("o.order_priority = 'Critical'", ("for critical orders", "with critical priority"), "priority"),
    ("o.order_priority = 'High'", ("for high priority orders",), "priority"),
)
TIMES = (
    ("extract(year from o.order_date) = 2023", ("in 2023", "during 2023", "for 2023", "for the year 2023")),
    ("extract(year from o.order_date) = 2024", ("in 2024", "during 2024", "in the year 2024")),
    ("extract(year from o.order_date) = 2025", ("in 2025", "for 2025")),
    (
        "o.order_date between '2024-07-01' and '2024-09-30'",
        ("in Q3 2024", "in the third quarter of 2024", "in quarter 3 of 2024"),
    ),
    ("o.order_date between '2025-01-01' and '2025-03-31'", ("in Q1 2025", "in the first quarter of 2025")),
    ("o.order_date between '2024-03-01' and '2024-03-31'", ("in March 2024", "in Mar 2024")),
    ("o.order_date between '2024-03-01' and '2024-05-31'", ("between March and May 2024", "from March to May 2024")),
    ("o.order_date between '2023-01-01' and '2023-06-30'", ("in the first half of 2023", "in H1 2023")),
    ("o.order_date between '2023-11-01' and '2024-02-29'", ("from November 2023 to February 2024",)),
    (
        f"date_trunc('month', o.order_date) = date_trunc('month', {NEWEST}) - interval '1 month'",
        ("last month", "in the last month", "in the previous month"),
    ),
    (
        f"date_trunc('quarter', o.order_date) = date_trunc('quarter', {NEWEST}) - interval '3 months'",
        ("last quarter", "in the previous quarter"),
    ),
    (
        f"date_trunc('year', o.order_date) = date_trunc('year', {NEWEST}) - interval '1 year'",
        ("last year", "in the previous year"),
    ),
    (
        f"date_trunc('year', o.order_date) = date_trunc('year', {NEWEST})",
        ("this year", "year to date", "so far this year"),
    ),
    (f"o.order_date > {NEWEST} - 90", ("in the last 90 days", "over the past 90 days")),
    (
        f"o.order_date >= date_trunc('month', {NEWEST}) - interval '6 months' and o.order_date < date_trunc('month', {NEWEST})",
        ("in the last 6 months", "over the last six months"),
    ),
    (f"date_trunc('week', o.order_date) = date_trunc('week', {NEWEST}) - interval '7 days'", ("last week",)),
    ("o.order_date >= '2025-01-01'", ("since 2025", "since January 2025")),
    ("o.order_date < '2024-01-01'", ("before 2024",)),
)


class Maker:
    """Draws questions; the same seed gives the same."""

    def __init__(self, seed: int) -> None:
        self.r = random.Random(seed)
        self.seen: set[str] = set()

    def make(self, count: int) -> list[dict[str, object]]:
        shapes = [
            self.total,
            self.by,
            self.by,
            self.grain,
            self.top,
            self.best,
            self.two_dims,
            self.excluding,
            self.versus,
            self.years,
            self.share,
            self.share_by,
            self.threshold,
            self.per_group,
            self.several,
            self.count_entities,
            self.returns,
            self.average_per,
            self.growth,
            self.new_customers,
        ]
        found: list[dict[str, object]] = []
        turn = 0
        while len(found) < count:
            shape = shapes[turn % len(shapes)]
            turn += 1  # a shape that has no new question left is passed over
            made = shape()
            if made is None or made[0] in self.seen:
                continue
            self.seen.add(made[0])
            question, gold, *rest = made
            entry: dict[str, object] = {"id": f"{shape.__name__}_{len(found) + 1}", "question": question, "gold": gold}
            if rest and rest[0]:
                entry["ordered"] = True
            found.append(entry)
        return found

    def pick(self, options):
        return self.r.choice(options)

    def figure(self, additive: bool = False) -> Figure:
        return self.pick([f for f in FIGURES.values() if f.additive or not additive])

    def condition(self, avoid: set[str] = frozenset(), chance: float = 0.5) -> tuple[list[str], str, str, str]:
        """Conditions, with the words for a product group, for a place, and for a time."""
        where: list[str] = []
        goods = place = when = ""
        if self.r.random() < chance:
            sql, names, dimension = self.pick(FILTERS)
            if dimension not in avoid and not (dimension == "category" and "subcategory" in avoid):
                where.append(sql)
                goods = self.pick(names)
        if self.r.random() < chance:
            sql, names, dimension = self.pick(PLACES)
            if dimension not in avoid and not (dimension == "market" and "region" in avoid):
                where.append(sql)
                place = self.pick(names)
        if self.r.random() < 0.7:
            sql, names = self.pick(TIMES)
            where.append(sql)
            when = self.pick(names)
        return where, goods, place, when

    def select(self, columns: list[str], where: list[str], group: int = 0, tail: str = "", source: str = LINES) -> str:
        text = f"select {', '.join(columns)} from {source}"
        if where:
            text += f" where {' and '.join(where)}"
        if group:
            text += f" group by {', '.join(str(i + 1) for i in range(group))}"
        return f"{text} {tail}".strip()

    def words(self, name: str, goods: str, place: str, when: str, by: str = "") -> str:
        subject = self.pick((f"{name} of {goods}", f"{goods} {name}", f"{name} for {goods}")) if goods else name
        if goods and name.startswith("number of"):
            subject = f"{name} for {goods}"
        rest = [w for w in (place, when) if w]
        if by and self.r.random() < 0.5:
            rest.append(by)
            by = ""
        if self.r.random() < 0.2:
            self.r.shuffle(rest)
        ask = self.pick(
            ("", "", "what is the ", "show me ", "what was the ", "give me the ", "I need the ", "can you show ")
        )
        text = " ".join([ask + subject, by, *rest]).replace("  ", " ").strip()
        return (text[0].upper() + text[1:] if self.r.random() < 0.6 else text) + ("?" if ask.startswith("what") else "")

    def total(self):
        f = self.figure()
        where, goods, place, when = self.condition(chance=0.6)
        return self.words(self.pick(f.names), goods, place, when), self.select([f.sql], where)

    def by(self):
        f = self.figure()
        key = self.pick(list(DIMENSIONS))
        sql, names, plural = DIMENSIONS[key]
        where, goods, place, when = self.condition({key}, 0.35)
        phrase = self.pick(
            (
                f"by {self.pick(names)}",
                f"per {self.pick(names)}",
                f"for each {self.pick(names)}",
                f"across {plural}",
                f"broken down by {self.pick(names)}",
            )
        )
        return self.words(self.pick(f.names), goods, place, when, phrase), self.select([sql, f.sql], where, 1)

    def grain(self):
        f = self.figure()
        grain = self.pick(list(GRAINS))
        where, goods, place, when = self.condition(chance=0.4)
        phrase = self.pick((f"by {grain}", f"per {grain}", f"for each {grain}"))
        name = self.pick(f.names)
        if self.r.random() < 0.25 and not name.startswith("number"):
            name, phrase = f"{ {'month': 'monthly', 'quarter': 'quarterly', 'year': 'yearly'}[grain] } {name}", ""
            if "average" in name or "mean" in name:
                return None
        return self.words(name, goods, place, when, phrase), self.select([GRAINS[grain], f.sql], where, 1)

    def top(self):
        f = self.pick(
            [FIGURES[n] for n in ("sales", "profit", "orders", "units", "margin", "aov", "return_rate", "shipping")]
        )
        n = self.pick((2, 3, 5, 7, 10))
        down = self.r.random() < 0.7
        key = self.pick(("subcategory", "country", "region", "product", "customer"))
        where, goods, place, when = self.condition({key, "subcategory", "region", "market", "country"}, 0.3)
        sql = {"product": "p.product_id", "customer": "o.customer_id"}.get(key) or DIMENSIONS[key][0]
        if key in ("product", "customer") and f is not FIGURES["sales"] and f is not FIGURES["profit"]:
            f = FIGURES["sales"]
        plural = {"product": "products", "customer": "customers"}.get(key) or DIMENSIONS[key][2]
        name = self.pick(f.names)
        order = "desc" if down else "asc"
        words = self.pick(
            (f"top {n} {plural} by {name}", f"{n} {plural} with the highest {name}", f"the {n} best {plural} by {name}")
            if down
            else (
                f"bottom {n} {plural} by {name}",
                f"{n} {plural} with the lowest {name}",
                f"worst {n} {plural} by {name}",
            )
        )
        gold = self.select([sql, f.sql], where, 1, f"order by 2 {order} nulls last, 1 limit {n}")
        rest = " ".join(w for w in (f"for {goods}" if goods else "", place, when) if w)
        if key in ("product", "customer") and not down:
            return None
        return f"{self.pick(('', 'show the ', 'which are the ', 'list the '))}{words} {rest}".replace(
            "the the", "the"
        ).strip(), gold

    def best(self):
        f = self.figure()
        key = self.pick(list(DIMENSIONS))
        sql, names, _ = DIMENSIONS[key]
        down = self.r.random() < 0.7
        where, goods, place, when = self.condition({key, "market", "region", "country"}, 0.3)
        name = self.pick(f.names)
        word = self.pick(
            ("highest", "most")
            if down and name in ("orders", "sales", "profit", "revenue")
            else ("highest", "largest")
            if down
            else ("lowest", "smallest")
        )
        head = self.pick(("which", "what"))
        gold = self.select([sql, f.sql], where, 1, f"order by 2 {'desc' if down else 'asc'} nulls last limit 1")
        rest = " ".join(w for w in (f"for {goods}" if goods else "", place, when) if w)
        verb = self.pick(("has", "had"))
        return f"{head} {names[0]} {verb} the {word} {name} {rest}".strip() + "?", gold

    def two_dims(self):
        f = self.figure()
        a, b = self.r.sample([d for d in DIMENSIONS if d not in ("country",)], 2)
        where, goods, place, when = self.condition({a, b, "region", "subcategory", "market"}, 0.25)
        phrase = f"by {self.pick(DIMENSIONS[a][1])} and {self.pick(DIMENSIONS[b][1])}"
        return self.words(self.pick(f.names), goods, place, when, phrase), self.select(
            [DIMENSIONS[a][0], DIMENSIONS[b][0], f.sql], where, 2
        )

    def excluding(self):
        f = self.figure()
        sql, names, _ = self.pick(FILTERS)
        where, _, place, when = self.condition(chance=0.4)
        where = [w for w in where if "category_name" not in w]
        word = self.pick(("without", "excluding", "except", "other than", "not counting"))
        rest = " ".join(w for w in (place, when) if w)
        return f"{self.pick(f.names)} {word} {self.pick(names)} {rest}".strip(), self.select(
            [f.sql], [sql.replace(" = ", " <> "), *where]
        )

    def versus(self):
        f = self.figure()
        column, a, b = self.pick(
            (
                ("k.category_name", "Furniture", "Technology"),
                ("g.segment_name", "Consumer", "Corporate"),
                ("c.country", "Germany", "France"),
                ("c.market", "APAC", "LATAM"),
                ("u.subcategory_name", "Chairs", "Tables"),
                ("l.ship_mode", "First Class", "Second Class"),
            )
        )
        where = []
        when = ""
        if self.r.random() < 0.6:
            sql, names = self.pick(TIMES)
            where.append(sql)
            when = self.pick(names)
        name = self.pick(f.names)
        text = self.pick(
            (
                f"compare {name} of {a} and {b} {when}",
                f"{name} {a} vs {b} {when}",
                f"{name} for {a} versus {b} {when}",
                f"{name} of {a} compared to {b} {when}",
            )
        )
        return text.strip(), self.select([column, f.sql], [f"{column} in ('{a}', '{b}')", *where], 1)

    def years(self):
        f = self.figure()
        a, b = self.pick(((2023, 2024), (2024, 2025), (2023, 2025)))
        name = self.pick(f.names)
        where, goods, place, _ = self.condition(chance=0.4)
        where = [w for w in where if "order_date" not in w]
        subject = f"{name} for {goods}" if goods else name
        text = self.pick(
            (
                f"{subject} {place} in {a} vs {b}",
                f"compare {subject} {place} in {a} and {b}",
                f"{subject} {place} {a} against {b}",
                f"{subject} {place} in {a} compared to {b}",
            )
        )
        return text.replace("  ", " "), self.select(
            [GRAINS["year"], f.sql], [f"extract(year from o.order_date) in ({a}, {b})", *where], 1
        )

    def share(self):
        f = self.pick([FIGURES[n] for n in ("sales", "profit", "orders", "units")])
        sql, names, _ = self.pick(FILTERS)
        where, _, _, when = self.condition(chance=0)
        name = {"sales": "sales", "profit": "profit", "orders": "orders", "units": "units sold"}[
            next(k for k, v in FIGURES.items() if v is f)
        ]
        expr = (
            f.sql.replace("l.sales", f"case when {sql} then l.sales end")
            .replace("l.profit", f"case when {sql} then l.profit end")
            .replace("l.order_id", f"case when {sql} then l.order_id end")
            .replace("l.quantity", f"case when {sql} then l.quantity end")
        )
        good = self.pick(names)
        text = self.pick(
            (
                f"what share of {name} comes from {good} {when}?",
                f"share of {good} in total {name} {when}",
                f"what percentage of {name} is {good} {when}?",
                f"{good} as a percentage of total {name} {when}",
            )
        )
        return text.replace(" ?", "?").replace("  ", " ").strip(), self.select([f"({expr})::numeric / {f.sql}"], where)

    def share_by(self):
        f = self.pick([FIGURES[n] for n in ("sales", "profit", "units")])
        key = self.pick(("category", "segment", "market", "ship_mode"))
        where, _, _, when = self.condition(chance=0)
        name = self.pick(f.names)
        text = self.pick(
            (
                f"share of {name} by {DIMENSIONS[key][1][0]} {when}",
                f"percentage of {name} by {DIMENSIONS[key][1][0]} {when}",
                f"what share of {name} does each {DIMENSIONS[key][1][0]} have {when}",
            )
        )
        return text.strip(), self.select([DIMENSIONS[key][0], f"{f.sql}::numeric / sum({f.sql}) over ()"], where, 1)

    def threshold(self):
        kind = self.pick(("customers", "orders", "regions", "listing"))
        where, _, _, when = self.condition(chance=0)
        if kind == "customers":
            n = self.pick((2, 3, 4, 5))
            inner = self.select(["o.customer_id"], where, 1, f"having count(distinct l.order_id) > {n}")
            return self.pick(
                (
                    f"how many customers ordered more than {n} times {when}?",
                    f"how many customers have more than {n} orders {when}?",
                    f"number of customers with more than {n} orders {when}",
                )
            ).replace(" ?", "?").strip(), f"select count(*) from ({inner}) x"
        if kind == "orders":
            n = self.pick((500, 1000, 2500))
            inner = self.select(["l.order_id"], where, 1, f"having sum(l.sales) > {n}")
            return self.pick(
                (
                    f"how many orders are above ${n:,} {when}?",
                    f"number of orders over ${n} {when}",
                    f"how many orders were worth more than {n} dollars {when}?",
                )
            ).replace(" ?", "?").strip(), f"select count(*) from ({inner}) x"
        n = self.pick((10000, 50000, 100000))
        key = self.pick(("country", "subcategory", "region"))
        f = FIGURES["sales"]
        plural = DIMENSIONS[key][2]
        gold = self.select([DIMENSIONS[key][0], f.sql], where, 1, f"having sum(l.sales) > {n}")
        return self.pick(
            (
                f"{plural} with sales above {n} {when}",
                f"which {plural} have sales over ${n:,} {when}?",
                f"list {plural} with more than ${n:,} in sales {when}",
            )
        ).replace(" ?", "?").strip(), gold

    def per_group(self):
        f = self.pick([FIGURES[n] for n in ("sales", "profit", "units")])
        n = self.pick((1, 2, 3))
        outer = self.pick(("category", "market", "segment"))
        inner = {"category": "subcategory", "market": "country", "segment": "country"}[outer]
        where, _, _, when = self.condition(chance=0)
        ranked = self.select(
            [
                f"{DIMENSIONS[outer][0]} a",
                f"{DIMENSIONS[inner][0]} b",
                f"{f.sql} v",
                f"row_number() over (partition by {DIMENSIONS[outer][0]} order by {f.sql} desc) n",
            ],
            where,
            2,
        )
        plural = DIMENSIONS[inner][2] if n > 1 else DIMENSIONS[inner][1][0]
        text = self.pick(
            (
                f"top {n} {plural} in each {DIMENSIONS[outer][1][0]} by {self.pick(f.names)} {when}",
                f"top {n} {plural} by {self.pick(f.names)} per {DIMENSIONS[outer][1][0]} {when}",
            )
        )
        return text.strip(), f"select a, b, v from ({ranked}) x where n <= {n}"

    def several(self):
        a, b = self.r.sample(list(FIGURES.values()), 2)
        key = self.pick(("category", "segment", "market", "region"))
        where, goods, place, when = self.condition({key, "market", "region", "subcategory", "category"}, 0.25)
        names = self.pick(a.names), self.pick(b.names)
        return " ".join(
            w
            for w in (
                f"{names[0]} and {names[1]} by {self.pick(DIMENSIONS[key][1])}",
                f"for {goods}" if goods else "",
                place,
                when,
            )
            if w
        ), self.select([DIMENSIONS[key][0], a.sql, b.sql], where, 1)

    def count_entities(self):
        noun, sql = self.pick(
            (
                ("customers", "count(distinct o.customer_id)"),
                ("orders", "count(distinct l.order_id)"),
                ("countries", "count(distinct c.country)"),
                ("cities", "count(distinct c.city)"),
                ("different products", "count(distinct l.product_id)"),
                ("units", "sum(l.quantity)"),
            )
        )
        where, goods, place, when = self.condition({"country"}, 0.4)
        if not where:
            return None
        verb = (
            self.pick(("did we have", "were there", ""))
            if noun in ("customers", "orders")
            else "did we sell"
            if noun in ("units", "different products")
            else "did we sell to"
        )
        if noun in ("countries", "cities") and place.startswith(("for", "from", "with", "shipped")):
            return None
        return " ".join(
            w for w in (f"how many {noun}", verb, f"for {goods}" if goods else "", place, when) if w
        ) + "?", self.select([sql], where)

    def returns(self):
        where, _, place, when = self.condition({"ship_mode", "priority"}, 0.4)
        where = [w.replace("o.order_date", "r.return_date") for w in where if "category_name" not in w]
        where = [
            w.replace("max(r.return_date)", "max(order_date)").replace(
                "max(order_date) from orders", "max(order_date) from orders"
            )
            for w in where
        ]
        if any(w.startswith("l.") or "o.order_priority" in w for w in where):
            return None
        key = self.pick(("", "reason", "status", "segment"))
        column = {"": "", "reason": "r.reason", "status": "r.return_status", "segment": "g.segment_name"}[key]
        by = {"": "", "reason": "by reason", "status": "by return status", "segment": "by segment"}[key]
        ask = self.pick(("how many returns did we have", "number of returns"))
        return " ".join(w for w in (ask, by, place, when) if w), self.select(
            [*([column] if column else []), "count(*)"], where, 1 if column else 0, source=RETURNS
        )

    def average_per(self):
        what, sql, over = self.pick(
            (
                ("sales", "l.sales", "customer"),
                ("profit", "l.profit", "order"),
                ("sales", "l.sales", "month"),
                ("profit", "l.profit", "month"),
                ("sales", "l.sales", "quarter"),
                ("units", "l.quantity", "order"),
            )
        )
        where, goods, place, when = self.condition(chance=0.25)
        rest = " ".join(w for w in (f"for {goods}" if goods else "", place, when) if w)
        if over in ("month", "quarter"):
            inner = self.select([f"date_trunc('{over}', o.order_date)", f"sum({sql}) v"], where, 1)
            return f"average {what} per {over} {rest}".strip(), f"select avg(v) from ({inner}) x"
        key = "o.customer_id" if over == "customer" else "l.order_id"
        return f"average {what} per {over} {rest}".strip(), self.select(
            [f"sum({sql})::numeric / count(distinct {key})"], where
        )

    def growth(self):
        f = self.pick([FIGURES[n] for n in ("sales", "profit", "orders", "units")])
        a, b = self.pick(((2023, 2024), (2024, 2025)))
        name = self.pick([n for n in f.names if not n.startswith("number")])
        one = self.select([f.sql], [f"extract(year from o.order_date) = {b}"])
        two = self.select([f.sql], [f"extract(year from o.order_date) = {a}"])
        text = self.pick(
            (
                f"growth of {name} from {a} to {b}",
                f"by how much did {name} grow from {a} to {b}",
                f"{name} growth {b} compared to {a}",
                f"how did {name} change from {a} to {b}",
            )
        )
        return text, f"select (({one})::numeric - ({two})) / ({two})"

    def new_customers(self):
        year = self.pick((2023, 2024, 2025))
        key = self.pick(("", "segment", "market", "month"))
        first = "(select o.customer_id, min(o.order_date) d from orders o join order_products l on l.order_id = o.order_id group by 1) f join customers c on c.customer_id = f.customer_id join segments g on g.segment_id = c.segment_id"
        column = {"": "", "segment": "g.segment_name", "market": "c.market", "month": "date_trunc('month', f.d)::date"}[
            key
        ]
        where = [f"extract(year from f.d) = {year}"]
        words = self.pick(("new customers", "number of new customers", "first-time customers"))
        return f"{words} {'by ' + key if key else ''} in {year}".replace("  ", " "), self.select(
            [*([column] if column else []), "count(*)"], where, 1 if column else 0, source=first
        )


def main() -> int:
    """Print the questions as YAML (each line is JSON, which YAML reads)."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=1200)
    parser.add_argument("--seed", type=int, default=7)
    arguments = parser.parse_args()
    print("# Written by tests/eval/make_questions.py; do not edit.")
    for entry in Maker(arguments.seed).make(arguments.count):
        print("- " + json.dumps(entry, ensure_ascii=False))
    return 0


if __name__ == "__main__":
    sys.exit(main())
