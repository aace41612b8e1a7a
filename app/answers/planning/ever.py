"""Who did something at any time, whatever period the question is about: "customers who have ever returned an order"."""

from __future__ import annotations

from app.answers.plan import Cohort
from app.answers.planning.draft import Draft
from app.answers.planning.named_values import resolved_within
from app.answers.planning.negations import subject_entity


def read_ever(draft: Draft) -> None:
    """ "ever returned" in a clause about customers or products: their rows, of all that they bought."""
    for i, c in enumerate(draft.cs):
        subject = subject_entity(draft, i)
        returned = any(v == "returned" for _, v in c.word.values) and not c.metric
        if c.used or not returned or subject is None or subject.identifies == "order":
            continue
        at = next((j for j, o in enumerate(draft.cs) if draft.entity(o) is subject), 0)
        clause = draft.cs[at:i]
        if not any(o.text.lower() == "ever" for o in clause) or not any(o.is_("rel") for o in clause):
            continue
        if any(o.is_("neg", "never") for o in clause):
            continue
        c.used = True
        j = draft.next(i, "stop")
        thing = draft.chunk(j)
        if thing is not None and draft.entity(thing) is not None and not thing.plural:
            thing.used = True
        draft.time = ""
        draft.cohorts.append(Cohort(subject.name, filters=(resolved_within(draft, c),)))
