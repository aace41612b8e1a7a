"""Language models that may fill a plan: what is sent to each over HTTP, and where its text is in the reply.

Only descriptions of metrics and dimensions, verified questions and the question are sent, never rows.
"""

from __future__ import annotations

import json
import os
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

TIMEOUT = 60
OFFLINE = "offline"


class ProviderError(RuntimeError):
    """A provider is not set up, is down, or answered with no plan."""


@dataclass(frozen=True)
class Provider:
    """A service that completes a prompt with JSON. `key` names the variable that holds its key; "" needs none."""

    name: str
    key: str
    model: str
    cloud: bool
    url: Callable[[str, str], str]
    headers: Callable[[str], Mapping[str, str]]
    body: Callable[[str, str, str], Mapping[str, Any]]
    text: Callable[[Any], str]


def _base(default: str, variable: str) -> str:
    return os.environ.get(variable, default).rstrip("/")


PROVIDERS = {
    "ollama": Provider(
        "ollama", "", "mistral", False,
        lambda _model, _key: _base("http://127.0.0.1:11434", "OLLAMA_URL") + "/api/chat",
        lambda _key: {},
        lambda model, system, question: {
            "model": model, "stream": False, "format": "json", "options": {"temperature": 0},
            "messages": [{"role": "system", "content": system}, {"role": "user", "content": question}],
        },
        lambda reply: reply["message"]["content"],
    ),
    "openai": Provider(
        "openai", "OPENAI_API_KEY", "gpt-4o-mini", True,
        lambda _model, _key: _base("https://api.openai.com", "OPENAI_URL") + "/v1/chat/completions",
        lambda key: {"Authorization": f"Bearer {key}"},
        lambda model, system, question: {
            "model": model, "temperature": 0, "response_format": {"type": "json_object"},
            "messages": [{"role": "system", "content": system}, {"role": "user", "content": question}],
        },
        lambda reply: reply["choices"][0]["message"]["content"],
    ),
    "gemini": Provider(
        "gemini", "GEMINI_API_KEY", "gemini-2.0-flash", True,
        lambda model, _key: _base("https://generativelanguage.googleapis.com", "GEMINI_URL")
        + f"/v1beta/models/{model}:generateContent",
        lambda key: {"x-goog-api-key": key},
        lambda _model, system, question: {
            "systemInstruction": {"parts": [{"text": system}]}, "contents": [{"parts": [{"text": question}]}],
            "generationConfig": {"temperature": 0, "responseMimeType": "application/json"},
        },
        lambda reply: reply["candidates"][0]["content"]["parts"][0]["text"],
    ),
    "anthropic": Provider(
        "anthropic", "ANTHROPIC_API_KEY", "claude-3-5-haiku-latest", True,
        lambda _model, _key: _base("https://api.anthropic.com", "ANTHROPIC_URL") + "/v1/messages",
        lambda key: {"x-api-key": key, "anthropic-version": "2023-06-01"},
        lambda model, system, question: {
            "model": model, "max_tokens": 1500, "temperature": 0, "system": system,
            "messages": [{"role": "user", "content": question}],
        },
        lambda reply: reply["content"][0]["text"],
    ),
}  # fmt: skip


def complete(name: str, system: str, question: str, model: str = "") -> Mapping[str, Any]:
    """The JSON object that a provider answers; raises ProviderError when it is down or answers something else."""
    provider = PROVIDERS.get(name)
    if provider is None:
        raise ProviderError(f"there is no provider {name}; choose among {', '.join((OFFLINE, *PROVIDERS))}")
    key = os.environ.get(provider.key, "") if provider.key else ""
    if provider.key and not key:
        raise ProviderError(f"{name} needs its key in {provider.key}")
    model = model or os.environ.get(f"{name.upper()}_MODEL", provider.model)
    request = urllib.request.Request(  # noqa: S310 - the address is the provider's or a setting of the operator
        provider.url(model, key),
        data=json.dumps(provider.body(model, system, question)).encode(),
        headers={"Content-Type": "application/json", **provider.headers(key)},
        method="POST",
    )
    try:
        with urllib.request.urlopen(request, timeout=TIMEOUT) as response:  # noqa: S310 - as above
            found = json.loads(provider.text(json.loads(response.read())))
    except urllib.error.URLError as error:
        raise ProviderError(f"{name} is down: {getattr(error, 'reason', error)}") from error
    except (OSError, ValueError, KeyError, IndexError, TypeError) as error:
        raise ProviderError(f"{name} answered with no plan: {type(error).__name__}") from error
    if not isinstance(found, dict):
        raise ProviderError(f"{name} answered with no plan")
    return found
