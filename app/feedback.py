"""What people think of the answers, and what they asked and could not get: a list for who looks after the data."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict, dataclass

import pandas as pd
import sqlalchemy as sa

from app.databases import engine

UP, DOWN = "up", "down"


@dataclass(frozen=True)
class Feedback:
    """A thumb up or down for one answer, which `answer_id` (a UUID) tells apart; the last word counts."""

    answer_id: str
    user_name: str
    role: str
    question: str
    understood: str
    verdict: str
    comment: str = ""


def keep(app_url: str, given: Feedback) -> None:
    """Keep what a person thinks of an answer, in place of what they thought of it before."""
    with engine(app_url).begin() as connection:
        connection.execute(
            sa.text(
                "insert into answer_feedback (answer_id, user_name, role, question, understood, verdict, comment) "
                "values (:answer_id, :user_name, :role, :question, :understood, :verdict, :comment) "
                "on conflict (answer_id) do update set verdict = excluded.verdict, comment = excluded.comment, "
                "given_at = clock_timestamp()"
            ),
            asdict(given),
        )


def take_back(app_url: str, answer_id: str) -> None:
    """Forget what was thought of an answer."""
    with engine(app_url).begin() as connection:
        connection.execute(sa.text("delete from answer_feedback where answer_id = :id"), {"id": answer_id})


def not_got(app_url: str, since: dt.datetime, limit: int = 500) -> pd.DataFrame:
    """The questions since an instant that were refused, asked back or found wrong, the most asked first.

    One row for each question, whatever its capitals and spaces, unless it was settled after it was last asked.
    Columns: question, times, people, last_asked, outcome, understood, comments.
    """
    query = """
        with missed as (
            select coalesce(question, '') as question, user_name, asked_at as at, '' as understood, '' as comment,
                case status when 'clarify' then 'asked back' else 'refused' end as outcome
            from query_log where kind = 'question' and status in ('clarify', 'refused') and asked_at >= :since
            union all
            select question, user_name, given_at, understood, comment, 'found wrong'
            from answer_feedback where verdict = 'down' and given_at >= :since
        ),
        told_apart as (
            select *, lower(regexp_replace(btrim(question), '\\s+', ' ', 'g')) as key from missed
            where btrim(question) <> ''
        )
        select (array_agg(t.question order by t.at desc))[1] as question, count(*) as times,
            count(distinct t.user_name) as people, max(t.at) as last_asked,
            string_agg(distinct t.outcome, ', ' order by t.outcome) as outcome,
            string_agg(distinct nullif(t.understood, ''), ' | ') as understood,
            string_agg(distinct nullif(t.comment, ''), ' | ') as comments
        from told_apart as t left join questions_settled as s on s.question = t.key
        where s.settled_at is null or t.at > s.settled_at
        group by t.key order by count(*) desc, max(t.at) desc limit :limit
    """
    with engine(app_url).connect() as connection:
        rows = connection.execute(sa.text(query), {"since": since, "limit": limit})
        return pd.DataFrame(rows.all(), columns=list(rows.keys()))


def opinions(app_url: str, since: dt.datetime) -> tuple[int, int]:
    """How many thumbs went up, and how many down, since an instant."""
    with engine(app_url).connect() as connection:
        row = connection.execute(
            sa.text(
                "select count(*) filter (where verdict = 'up'), count(*) filter (where verdict = 'down') "
                "from answer_feedback where given_at >= :since"
            ),
            {"since": since},
        ).one()
    return row[0], row[1]


def settle(app_url: str, question: str, name: str) -> None:
    """Take a question off the list until somebody asks it again."""
    with engine(app_url).begin() as connection:
        connection.execute(
            sa.text(
                "insert into questions_settled (question, settled_by) "
                r"values (lower(regexp_replace(btrim(:question), '\s+', ' ', 'g')), :name) "
                "on conflict (question) do update set settled_by = excluded.settled_by, settled_at = clock_timestamp()"
            ),
            {"question": question, "name": name},
        )
