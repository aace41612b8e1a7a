"""What is remembered of dbt's docs and of verified questions, found again by the words of a question (BM25)."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from app.answers.layer import Layer
from app.answers.words import tokenize

K1, B = 1.5, 0.75  # the usual constants: Robertson and Zaragoza, The Probabilistic Relevance Framework, 2009


def nearest(question: str, layer: Layer, count: int = 3) -> tuple[str, ...]:
    """The verified questions whose words are closest to those of a question: ones that can be answered."""
    texts = [q.question for q in layer.questions] or [f"{m.label} by month" for m in list(layer.metrics.values())[:20]]
    return tuple(texts[i] for i in ranking(question, texts)[:count])


def documents(layer: Layer) -> list[str]:
    """What dbt's docs say of metrics and dimensions, a text each."""
    metrics = [f"metric {m.name} ({m.label}): {m.description}" for m in layer.metrics.values()]
    return metrics + [f"dimension {d.name} ({d.label}): {d.description}" for d in layer.dimensions.values()]


def ranking(question: str, texts: Sequence[str]) -> list[int]:
    """The places of the texts, the closest first."""
    counted, held, mean = _counted(tuple(texts))
    wanted = set(_words(question))

    def score(document: Counter[str]) -> float:
        length = sum(document.values())
        return sum(
            math.log(1 + (len(counted) - held[w] + 0.5) / (held[w] + 0.5))
            * document[w] * (K1 + 1) / (document[w] + K1 * (1 - B + B * length / mean))
            for w in wanted & set(document)
        )  # fmt: skip

    return sorted(range(len(texts)), key=lambda i: (-score(counted[i]), i))


@lru_cache(maxsize=8)
def _counted(texts: tuple[str, ...]) -> tuple[list[Counter[str]], Counter[str], float]:
    """How often each text has its words, how many texts have a word, and how long they are on average."""
    counted = [Counter(_words(t)) for t in texts]
    mean = sum(sum(d.values()) for d in counted) / max(1, len(counted)) or 1
    return counted, Counter(w for d in counted for w in d), mean


def _words(text: str) -> list[str]:
    return [t.lemma for t in tokenize(text) if t.kind == "word" and len(t.lemma) > 2]
