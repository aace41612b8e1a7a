"""Which classes of personal data a role sees clear, and which as tokens."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import yaml

POLICY_FILE = Path(__file__).with_name("policy.yml")
CLASSES = ("name", "contact", "precise_location", "none")
TREATMENTS = ("clear", "token")

Policy = Mapping[str, Mapping[str, str]]


class PolicyError(RuntimeError):
    """The policy file holds a word that is none of its vocabulary."""


def read_policy(path: Path = POLICY_FILE) -> Policy:
    """The treatment of each class for each role; raises PolicyError when a class or treatment is unknown."""
    policy: Policy = yaml.safe_load(path.read_text(encoding="utf-8"))
    for role, treatments in policy.items():
        for name, treatment in treatments.items():
            if name not in CLASSES or treatment not in TREATMENTS:
                raise PolicyError(
                    f"{path}: {role}: {name}: {treatment} is wrong; classes are {', '.join(CLASSES)}, "
                    f"treatments {' and '.join(TREATMENTS)}"
                )
    return policy


def is_masked(policy: Policy, role: str, pii: str | None) -> bool:
    """Whether a role sees tokens in a column of this class; a column without a class is masked to everyone."""
    return policy[role].get(pii or "", "token") != "clear"
