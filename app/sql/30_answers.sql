-- What people thought of an answer, and which questions that nobody could answer were dealt with since.
create table if not exists answer_feedback (
    answer_id uuid primary key,
    given_at timestamptz not null default clock_timestamp(),
    user_name text not null,
    role text not null,
    question text not null,
    understood text not null,
    verdict text not null check (verdict in ('up', 'down')),
    comment text not null default ''
);
create index if not exists answer_feedback_given_at on answer_feedback (given_at);

create table if not exists questions_settled (
    question text primary key,
    settled_by text not null,
    settled_at timestamptz not null default clock_timestamp()
);
