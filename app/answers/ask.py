"""The one door: a question, a role and a session in, an answer out."""

from __future__ import annotations

import hashlib
import json
import re
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from app.answers import wording
from app.answers.compile import Column, compile_plan
from app.answers.errors import AnswersError
from app.answers.first_and_last_dates import with_first_and_last_dates
from app.answers.guard import GuardError, allowed_for, guard
from app.answers.layer import Layer, load_manifest, read_layer
from app.answers.lexicon import build_lexicon
from app.answers.memory import nearest
from app.answers.order_gaps import with_order_gaps
from app.answers.plan import Cohort, Plan, PlanError, plan_from_json
from app.answers.planner import Planned, RefusedError, Surroundings, UnclearError, make_plan
from app.answers.provenance import Freshness, Source, read_freshness
from app.answers.run import Runner, TooLongError, bound_rows
from app.answers.values import Values, read_values
from warehouse.policy import read_policy

LONGEST = 1_000
FRESH_SECONDS = 30.0
MOST_LOOKED_UP = 2_000
ANSWERED, CLARIFY, REFUSED = "answered", "clarify", "refused"
SQL = re.compile(
    r"^\s*\(?\s*(select\b.*\bfrom\b|with\s+\w+\s+as\b|insert\s+into|update\s+\w+\s+set|delete\s+from"
    r"|(?:drop|alter)\s+(?:table|view|user|database|schema|index|role)"
    r"|create\s+(table|view|user|database)|grant\s+|truncate\s+|show\s+(tables|databases|grants)|describe\s+\w+|explain\s+select|call\s+\w+\()"
    r"|;\s*(drop|delete|update|insert|select)\b|\bunion\s+(all\s+)?select\b",
    re.I | re.S,
)
INJECTION = re.compile(
    r"\b(ignore|disregard|forget|override|bypass)\b.{0,40}\b(rules?|instructions?|previous|above|prompt|restrictions?|policy|guard|permissions?)\b"
    r"|\bsystem prompt\b|\byou are now\b|\bact as\b|\bpretend\b|\bjailbreak\b|\bdeveloper mode\b"
    r"|\bas an? (admin|administrator|executive|root)\b",
    re.I,
)


@dataclass(frozen=True)
class Answer:
    """What is shown. `status` is answered, clarify or refused; `choices` are questions to click.

    `parts` are what was understood, piece by piece, for editing; `shown` describes the columns; milliseconds are
    `took_ms` of the whole and `query_ms` of the query in it.
    """

    status: str
    answer: str
    sql: str = ""
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[Any, ...], ...] = ()
    understood: str = ""
    choices: tuple[str, ...] = ()
    confidence: float = 0.0
    sources: tuple[Source, ...] = ()
    took_ms: int = 0
    facts: tuple[str, ...] = ()
    chart: str = "table"
    suggestions: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    parts: tuple[tuple[str, str], ...] = ()
    shown: tuple[Column, ...] = ()
    plan: Plan | None = None
    cut: bool = False
    query_ms: int = 0
    provider: str = "offline"

    def as_json(self) -> dict[str, Any]:
        """What `tidemark ask --json` prints."""
        return {
            "status": self.status,
            "answer": self.answer,
            "sql": self.sql,
            "columns": list(self.columns),
            "rows": [list(r) for r in self.rows],
            "understood": self.understood,
            "choices": list(self.choices),
            "confidence": self.confidence,
            "sources": [s.as_json() for s in self.sources],
            "took_ms": self.took_ms,
            "facts": list(self.facts),
            "chart": self.chart,
            "suggestions": list(self.suggestions),
            "warnings": list(self.warnings),
        }


@dataclass(frozen=True)
class Asked:
    """What a query log keeps of a question."""

    question: str
    role: str
    source: str
    answer: Answer


@dataclass
class Session:
    """A conversation: the plan of the last question that was answered, which the next may follow.

    `open` while the last question was not answered: words that point back would point at that one then.
    """

    plan: Plan | None = None
    open: bool = False


@dataclass(frozen=True)
class Desk:
    """What is read once for a role and a published state."""

    layer: Layer
    values: Values
    runner: Runner
    clear: frozenset[str]
    around: Surroundings


@dataclass
class Answers:
    """Answers questions on one warehouse. `urls` are connections by name; `work_dir` holds dbt's artifacts under `dbt`.

    `on_asked` is told of every question. Not for several threads at a time: a connection serves one question.
    """

    urls: Mapping[str, str]
    work_dir: Path
    on_asked: Callable[[Asked], None] | None = None
    _desks: dict[tuple[str, str], tuple[tuple[str, float], Desk]] = field(default_factory=dict)
    _fresh: tuple[float, Freshness] | None = None
    _explainers: dict[str, Runner] = field(default_factory=dict)

    def ask(self, question: str, role: str, session: Session | None = None, source: str = "superstore") -> Answer:
        """Answer a question as a role. Raises AnswersError when the answers part itself cannot work."""
        started = time.perf_counter()
        return self._told(question, role, source, self._ask(question, role, session or Session(), source), started)

    def ask_sql(self, sql: str, role: str, source: str = "superstore") -> Answer:
        """Run a statement through the guard, as the role."""
        started = time.perf_counter()
        desk = self.desk(role, source)
        try:
            answer = self._run(desk, sql, role, bounded=True)
            answer = replace(answer, understood="the statement as given", confidence=1.0)
        except (GuardError, TooLongError) as error:
            answer = Answer(REFUSED, _sentence(str(error)))
        return self._told(sql, role, source, answer, started)

    def ask_plan(self, plan: Plan, role: str, session: Session | None = None, source: str = "superstore") -> Answer:
        """Answer a plan that was edited on the page, or that a model filled."""
        started = time.perf_counter()
        desk = self.desk(role, source)
        try:
            answer = self._answer(desk, Planned(plan, 1.0), role)
        except (RefusedError, PlanError, GuardError, TooLongError) as error:
            return self._told("", role, source, Answer(REFUSED, _sentence(str(error))), started)
        if session is not None:
            session.plan, session.open = plan, False
        return self._told(answer.understood, role, source, answer, started)

    def desk(self, role: str, source: str = "superstore") -> Desk:
        """What is known for a role; read anew after a run has published or dbt has parsed."""
        stamp = self.freshness().stamp
        modified = max((p.stat().st_mtime for p in (self.work_dir / "dbt").glob("*/manifest.json")), default=0.0)
        kept = self._desks.get((role, source))
        if kept is not None and kept[0] == (stamp, modified):
            return kept[1]
        desk = self._open(role, source, stamp)
        if kept is not None:
            kept[1].runner.close()
        self._desks[role, source] = ((stamp, modified), desk)
        return desk

    def freshness(self) -> Freshness:
        """What is known of the last runs, at most half a minute old."""
        now = time.monotonic()
        if self._fresh is None or now - self._fresh[0] > FRESH_SECONDS:
            self._fresh = (now, read_freshness(self.urls["APP_URL"]) if self.urls.get("APP_URL") else Freshness())
        return self._fresh[1]

    def close(self) -> None:
        """Close all connections."""
        for runner in (*(desk.runner for _, desk in self._desks.values()), *self._explainers.values()):
            runner.close()

    def _told(self, question: str, role: str, source: str, answer: Answer, started: float) -> Answer:
        answer = replace(answer, took_ms=round((time.perf_counter() - started) * 1000))
        if self.on_asked is not None:
            self.on_asked(Asked(question, role, source, answer))
        return answer

    def _ask(self, question: str, role: str, session: Session, source: str) -> Answer:
        unanswerable = _unanswerable(question)
        if unanswerable:
            return Answer(REFUSED, unanswerable)
        desk = self.desk(role, source)
        before, unanswered = session.plan, session.open
        session.open = True
        try:
            planned = make_plan(question, desk.around, before)
            if unanswered and before is not None and planned.plan != make_plan(question, desk.around).plan:
                raise UnclearError("the question before was not answered: please ask this one in full")
            answer = self._answer(desk, planned, role)
            _check_found(planned.plan, answer)
            if (told := wording.yes_or_no(question, planned.plan, answer.rows)) is not None:
                named = bool(planned.plan.dimensions) and len(answer.rows) == 1  # "Yes: United States: …"
                rest = answer.answer if named else f"{answer.answer[:1].lower()}{answer.answer[1:]}"
                answer = replace(answer, answer=f"{'Yes' if told else 'No'}: {rest}")
        except UnclearError as error:
            choices = error.choices or nearest(question, desk.layer)
            return Answer(CLARIFY, _sentence(str(error)) + ("" if error.choices else _offer(choices)), choices=choices)
        except (RefusedError, PlanError, GuardError, TooLongError) as error:
            choices = nearest(question, desk.layer)
            return Answer(REFUSED, _sentence(str(error)) + _offer(choices), choices=choices)
        session.plan, session.open = planned.plan, False
        return answer

    def _answer(self, desk: Desk, planned: Planned, role: str) -> Answer:
        plan, layer = planned.plan, desk.layer
        asked = [t.metric for t in plan.terms] + [c.metric for c in plan.cohorts]
        hidden = [m for m in asked if m and not _sees(layer, m, role)]
        if hidden:
            raise RefusedError(f"{layer.metric(hidden[0]).label.lower()} is not for your role")
        compiled = compile_plan(plan, layer, desk.clear, fold="name" not in desk.clear)
        answer = self._run(desk, compiled.sql, role)
        first = layer.metrics.get(plan.terms[0].metric) if plan.terms else None
        additive = first is not None and first.kind == "simple" and layer.leaves(first)[0].aggregation == "sum"
        reading = f" (Reading: {'; '.join(planned.notes)}.)" if planned.notes else ""
        return replace(
            answer,
            answer=wording.sentence(layer, plan, compiled.columns, answer.rows, answer.cut) + reading,
            columns=tuple(c.name for c in compiled.columns),
            understood=wording.understood(layer, plan),
            parts=wording.parts(layer, plan),
            confidence=planned.confidence,
            facts=wording.facts(compiled.columns, answer.rows, additive, (desk.values.oldest, desk.values.newest)),
            chart=wording.chart_form(compiled.columns, answer.rows),
            suggestions=wording.suggestions(layer, plan),
            shown=compiled.columns,
            plan=plan,
        )

    def _run(self, desk: Desk, sql: str, role: str, bounded: bool = False) -> Answer:
        """Run a statement behind the guard; with `bounded` the server is asked first how much it would read."""
        statement = guard(sql, allowed_for(desk.layer, f"{desk.layer.database}_{role}"))
        if bounded:
            bound_rows(self._explainer(desk.layer.database), statement)
        started = time.perf_counter()
        result = desk.runner.run(statement)
        took = round((time.perf_counter() - started) * 1000)
        fresh = self.freshness()
        return Answer(
            ANSWERED,
            "1 row." if len(result.rows) == 1 else f"{len(result.rows):,} rows{' and more' if result.cut else ''}.",
            statement.shown,
            result.columns,
            result.rows,
            sources=fresh.sources(desk.layer, statement.tables),
            warnings=fresh.warnings + (("there are more rows than are shown",) if result.cut else ()),
            cut=result.cut,
            query_ms=took,
        )

    def _explainer(self, database: str) -> Runner | None:
        """The guard's own account: one that may ask what a statement on the tables would read."""
        url = self.urls.get("WAREHOUSE_URL")
        if url is None:
            return None
        return self._explainers.setdefault(database, Runner(url, database))

    def _open(self, role: str, source: str, stamp: str) -> Desk:
        policy = read_policy()
        url = self.urls.get(f"{role.upper()}_URL")
        if role not in policy or url is None:
            raise AnswersError(f"the role {role} does not ask the warehouse; choose among {', '.join(sorted(policy))}")
        clear = frozenset(name for name, treatment in policy[role].items() if treatment == "clear")
        layer = with_first_and_last_dates(with_order_gaps(read_layer(load_manifest(self.work_dir / "dbt"), source)))
        runner = Runner(url, f"{layer.database}_{role}")
        values = read_values(layer, clear, runner.query, self.work_dir / "answers", stamp)
        hidden = [m for m in layer.metrics if not _sees(layer, m, role)]
        numbered = cache(lambda table, column: _is_numbered(runner, table, column))
        around = Surroundings(
            layer=layer,
            lexicon=build_lexicon(layer, values.values, clear, hidden),
            newest=values.newest,
            oldest=values.oldest,
            same_rows=values.same_rows,
            nested=values.nested,
            known=lambda d: values.values.get(d, ()),
            above=lambda inner, outer, v: values.parents(inner, outer, v, {}),
            parents=lambda d, v, given: values.parents(d, layer.dimensions[d].within, v, given),
            lookup=lru_cache(MOST_LOOKED_UP)(lambda text: tuple(_lookup(layer, clear, runner, numbered, text))),
            contains=lru_cache(MOST_LOOKED_UP)(lambda d, text: _contains(layer, runner, d, text)),
            clear=clear,
        )
        return Desk(layer, values, runner, clear, around)


def _check_found(plan: Plan, answer: Answer) -> None:
    """Raise UnclearError where what was found tells that the words were meant in another way."""
    if _fits_nothing(plan, answer.rows):
        raise UnclearError(
            f"nothing in the data fits “{answer.understood}”. If you meant something else, say it in other words"
        )
    if plan.reach and (not answer.rows or answer.rows == ((0,),)):
        raise UnclearError("there is no whole above zero, of which some could make up a share")
    if _is_all_of_it(plan, answer.rows):
        raise UnclearError("the share of those in which others? What tells the part is a condition on the whole, too")


def _is_all_of_it(plan: Plan, rows: Sequence[Sequence[Any]]) -> bool:
    """Whether a part is the whole: then the condition that should tell the part was taken for one of both."""
    alone = len(rows) == 1 and not plan.dimensions and len(plan.terms) == 1 and plan.terms[0].share
    return bool(alone and plan.cohorts and rows[0][0] == 1)


def _fits_nothing(plan: Plan, rows: Sequence[Sequence[Any]]) -> bool:
    """Whether conditions on a group left nothing of it: as often as not they were meant in another way."""
    chosen = any(not _is_there(plan, c) for c in plan.cohorts) or any(t.cohorts for t in plan.terms)
    alone = len(rows) == 1 and not plan.dimensions and not plan.split
    undone = alone and any(v is None for v in rows[0]) and not any(rows[0])
    bounded = any(f.dimension.startswith("#") for f in plan.filters) and len(plan.filters) > 1
    excluded = any(f.operator == "not_in" for f in plan.filters)
    return bool((chosen or bounded) and not rows and not plan.missing) or bool(
        undone and (chosen or excluded or len(plan.terms) > 1)
    )


def _is_there(plan: Plan, cohort: Cohort) -> bool:
    """Whether groups are only asked to have rows in a year whose figure is compared."""
    there = Cohort(cohort.dimension, filters=cohort.filters, periods=cohort.periods)
    years = all(p.whole_year is not None for p in cohort.periods) and bool(cohort.periods)
    return (
        cohort == there and years and set(cohort.filters) <= set(plan.filters) and any(h.against for h in plan.having)
    )


def _sees(layer: Layer, metric: str, role: str) -> bool:
    roles = layer.metrics[metric].meta.get("roles") if metric in layer.metrics else None
    return not roles or role in roles


def _is_numbered(runner: Runner, table: str, column: str) -> bool:
    """Whether each value of a column has a digit in it, as ids have."""
    return not runner.query(f"select 1 from `{table}` where `{column}` not regexp '[0-9]' limit 1")


def _lookup(
    layer: Layer, clear: frozenset[str], runner: Runner, numbered: Callable[[str, str], bool], text: str
) -> list[tuple[str, str]]:
    """Names and ids that are not kept, looked up as they are typed, whatever their accents and capitals.

    Words without a digit are not sought among ids that all have one: no index serves that comparison.
    """
    if not 2 < len(text) <= 200:
        return []
    wordy = not any(c.isdigit() for c in text)
    for model in layer.models.values():
        found: list[tuple[str, str]] = []
        for dimension in model.dimensions.values():
            named = (dimension.identifies or dimension.names) and dimension.expr.isidentifier()
            if named and (dimension.pii == "none" or dimension.pii in clear):
                if wordy and numbered(model.table, dimension.expr):
                    continue
                rows = runner.query(
                    f"select distinct `{dimension.expr}` from `{model.table}`"
                    f" where `{dimension.expr}` collate utf8mb4_general_ci = %s limit 5",
                    (text,),
                )
                found += [(dimension.name, str(r[0])) for r in rows]
        if found:
            return found
    return []


def _contains(layer: Layer, runner: Runner, dimension: str, text: str) -> bool:
    """Whether a name holds a text."""
    home = next((m for m in layer.models.values() if dimension in m.dimensions), None)
    if home is None or len(text) < 3:
        return False
    like = "%" + text.lower().replace("\\", "").replace("%", "\\%").replace("_", "\\_") + "%"
    expr = home.dimensions[dimension].expr
    return bool(runner.query(f"select 1 from `{home.table}` where lower(`{expr}`) like %s limit 1", (like,)))


def _unanswerable(question: str) -> str:
    text = question.strip()
    if not any(c.isalnum() for c in text):
        return "Ask a question, such as: sales by region in 2024."
    if len(text) > LONGEST:
        return f"The question has {len(text):,} characters; ask in {LONGEST:,} or fewer."
    if SQL.search(text):
        return "This looks like SQL: ask in plain English. (Statements run through the guard: tidemark ask --sql.)"
    if INJECTION.search(text):
        return "I answer questions about the data, and follow no other instructions."
    letters = [c for c in text if c.isalpha()]
    if sum(ord(c) > 0x24F for c in letters) > len(letters) / 3:
        return "I understand English only."
    return ""


def _sentence(text: str) -> str:
    text = text[:1].upper() + text[1:]
    return text if text.endswith((".", "?", "!")) else text + "."


def _offer(choices: Sequence[str]) -> str:
    if not choices:
        return ""
    told = "; ".join(choices)
    return f" You can ask, for example: {told}{'' if told.endswith('?') else '.'}"


class SessionFiles:
    """Sessions of the command line, a file each, told apart by role, source and id; they may be lost at any time."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def load(self, role: str, source: str, name: str) -> Session:
        """The session of a name, a new one when there is none."""
        try:
            data = json.loads(self._file(role, source, name).read_text(encoding="utf-8"))
            return Session(plan_from_json(data["plan"]) if data.get("plan") else None, bool(data.get("open")))
        except (OSError, ValueError, KeyError):
            return Session()

    def save(self, role: str, source: str, name: str, session: Session) -> None:
        """Keep a session."""
        self._folder.mkdir(parents=True, exist_ok=True)
        file = self._file(role, source, name)
        fresh = file.with_suffix(".new")
        kept = {"plan": session.plan.as_json() if session.plan else None, "open": session.open}
        fresh.write_text(json.dumps(kept), encoding="utf-8")
        fresh.replace(file)

    def _file(self, role: str, source: str, name: str) -> Path:
        return self._folder / f"{hashlib.sha256(f'{role} {source} {name}'.encode()).hexdigest()[:24]}.json"
