"""The conversation, held by Vanna's Agent: our models, our tools, our memory, its users.

Every tool fills or asks a plan; what a model says is never run as SQL, and no row is ever sent to a model.
"""

from __future__ import annotations

import asyncio
import json
import uuid
from collections.abc import AsyncGenerator, Coroutine
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

from pydantic import BaseModel, Field
from vanna.capabilities.agent_memory import AgentMemory
from vanna.capabilities.agent_memory.models import (
    TextMemory,
    TextMemorySearchResult,
    ToolMemory,
    ToolMemorySearchResult,
)
from vanna.core.agent.agent import Agent
from vanna.core.agent.config import AgentConfig
from vanna.core.llm import LlmRequest, LlmResponse, LlmService, LlmStreamChunk
from vanna.core.registry import ToolRegistry
from vanna.core.tool import Tool, ToolCall, ToolContext, ToolResult
from vanna.core.user import User
from vanna.core.user.request_context import RequestContext
from vanna.core.user.resolver import UserResolver

from app.answers.ask import ANSWERED, Answer, Answers, Session
from app.answers.layer import Layer
from app.answers.memory import documents, ranking
from app.answers.plan import PlanError, plan_from_json
from app.answers.providers import OFFLINE, ProviderError, complete

ASK, PLAN = "answer_question", "answer_plan"


class QuestionArgs(BaseModel):
    """A question in plain English."""

    question: str = Field(description="The question as it was asked")


class PlanArgs(BaseModel):
    """A plan over the semantic layer."""

    plan: dict[str, Any] = Field(description="The plan: terms, dimensions, filters, periods, order, limit, …")


class _Desk:
    """Where the tools leave the answer of the question under way."""

    def __init__(self, answers: Answers, role: str, source: str, session: Session) -> None:
        self.answers, self.role, self.source, self.session = answers, role, source, session
        self.answer: Answer | None = None


class AskTool(Tool[QuestionArgs]):
    """Answers a question by the offline planner."""

    def __init__(self, desk: _Desk) -> None:
        self._desk = desk

    @property
    def name(self) -> str:
        """As a model calls it."""
        return ASK

    @property
    def description(self) -> str:
        """What it does."""
        return "Answer a question in plain English from the warehouse"

    def get_args_schema(self) -> type[QuestionArgs]:
        """What it takes."""
        return QuestionArgs

    async def execute(self, context: ToolContext, args: QuestionArgs) -> ToolResult:
        """Answer; the model is told how, and no row."""
        desk = self._desk
        desk.answer = desk.answers.ask(args.question, desk.role, desk.session, desk.source)
        return _result(desk.answer)


class PlanTool(Tool[PlanArgs]):
    """Answers a plan that a model filled."""

    def __init__(self, desk: _Desk) -> None:
        self._desk = desk

    @property
    def name(self) -> str:
        """As a model calls it."""
        return PLAN

    @property
    def description(self) -> str:
        """What it does."""
        return "Answer a plan over the semantic layer"

    def get_args_schema(self) -> type[PlanArgs]:
        """What it takes."""
        return PlanArgs

    async def execute(self, context: ToolContext, args: PlanArgs) -> ToolResult:
        """Check the plan against the layer and answer it."""
        desk = self._desk
        try:
            plan = plan_from_json(args.plan)
        except PlanError as error:
            return ToolResult(success=False, result_for_llm=str(error), error=str(error))
        desk.answer = desk.answers.ask_plan(plan, desk.role, desk.session, desk.source)
        return _result(desk.answer)


def _result(answer: Answer) -> ToolResult:
    told = {
        "status": answer.status,
        "understood": answer.understood,
        "rows": len(answer.rows),
        "columns": answer.columns,
    }
    return ToolResult(success=answer.status == ANSWERED, result_for_llm=json.dumps(told), error=None)


class _OneCall(LlmService):
    """A model that calls one tool for each question, then is done."""

    async def call(self, request: LlmRequest) -> ToolCall:
        """The tool to call, with its arguments."""
        raise NotImplementedError

    async def send_request(self, request: LlmRequest) -> LlmResponse:
        """A tool call for a question; a closing word after the tool has answered."""
        if request.messages and request.messages[-1].role == "tool":
            return LlmResponse(content="Done.", finish_reason="stop")
        return LlmResponse(tool_calls=[await self.call(request)], finish_reason="tool_calls")

    async def stream_request(self, request: LlmRequest) -> AsyncGenerator[LlmStreamChunk, None]:
        """The same, in one piece."""
        response = await self.send_request(request)
        yield LlmStreamChunk(
            content=response.content, tool_calls=response.tool_calls, finish_reason=response.finish_reason
        )

    async def validate_tools(self, tools: list[Any]) -> list[str]:
        """Our tools are always fit."""
        return []


class OfflinePlanner(_OneCall):
    """The planner by rules: no model and no network."""

    async def call(self, request: LlmRequest) -> ToolCall:
        """Hand the question on as it is."""
        return ToolCall(id=uuid.uuid4().hex, name=ASK, arguments={"question": _question(request)})


class ModelPlanner(_OneCall):
    """A language model that fills the plan; `provider` is one of `app.answers.providers`."""

    def __init__(self, provider: str, layer: Layer, newest: str) -> None:
        self._provider, self._layer, self._newest = provider, layer, newest

    async def call(self, request: LlmRequest) -> ToolCall:
        """Ask the model for a plan; raises ProviderError when it gives none."""
        question = _question(request)
        system = prompt(self._layer, question, self._newest)
        plan = await asyncio.to_thread(complete, self._provider, system, question)
        return ToolCall(id=uuid.uuid4().hex, name=PLAN, arguments={"plan": plan})


def _question(request: LlmRequest) -> str:
    return next(m.content for m in reversed(request.messages) if m.role == "user")


def prompt(layer: Layer, question: str, newest: str) -> str:
    """What a model is told: the words of the layer, the closest verified questions with their plans, and no row."""
    texts = documents(layer)
    examples = [q for q in layer.questions if q.plan]
    chosen = [examples[i] for i in ranking(question, [q.question for q in examples])[:5]]
    shown = "\n".join(f"Q: {q.question}\nPlan: {json.dumps(q.plan)}" for q in chosen)
    return (
        "You turn a question into a plan, as one JSON object and nothing else. Use only these metrics and dimensions; "
        f'if the question needs anything else answer {{"terms": []}}. The newest order date is {newest}. '
        "Date parts are @day @week @month @quarter @year @weekday @month_of_year.\n"
        + "\n".join(texts)
        + f"\n\nExamples:\n{shown}"
    )


class DocsMemory(AgentMemory):
    """Memory over dbt's docs and verified questions, ranked by BM25; nothing is learned from use."""

    def __init__(self, layer: Layer) -> None:
        self._texts = [*documents(layer), *(q.question for q in layer.questions)]

    async def search_text_memories(
        self,
        query: str,
        context: ToolContext,
        *,
        limit: int = 10,
        similarity_threshold: float = 0.7,
    ) -> list[TextMemorySearchResult]:
        """The texts closest to a question."""
        found = ranking(query, self._texts)[:limit]
        return [
            TextMemorySearchResult(
                memory=TextMemory(memory_id=str(i), content=self._texts[i], timestamp=None),
                similarity_score=1.0,
                rank=rank,
            )
            for rank, i in enumerate(found, 1)
        ]  # fmt: skip

    async def save_tool_usage(self, *args: Any, **kwargs: Any) -> None:
        """Nothing is kept: questions belong to the query log."""

    async def save_text_memory(self, content: str, context: ToolContext) -> TextMemory:
        """Nothing is kept."""
        return TextMemory(memory_id="", content=content, timestamp=None)

    async def search_similar_usage(self, *args: Any, **kwargs: Any) -> list[ToolMemorySearchResult]:
        """None: tools are always used in the same way."""
        return []

    async def get_recent_memories(self, context: ToolContext, limit: int = 10) -> list[ToolMemory]:
        """None."""
        return []

    async def get_recent_text_memories(self, context: ToolContext, limit: int = 10) -> list[TextMemory]:
        """None."""
        return []

    async def delete_by_id(self, context: ToolContext, memory_id: str) -> bool:
        """Nothing can be deleted."""
        return False

    async def delete_text_memory(self, context: ToolContext, memory_id: str) -> bool:
        """Nothing can be deleted."""
        return False

    async def clear_memories(
        self, context: ToolContext, tool_name: str | None = None, before_date: str | None = None
    ) -> int:
        """Nothing to clear."""
        return 0


class SessionUser(UserResolver):
    """The user of our session; the role is the group, by which Vanna gives out tools."""

    def __init__(self, role: str, user: str) -> None:
        self._user = User(id=user, username=user, group_memberships=[role])

    async def resolve_user(self, request_context: RequestContext) -> User:
        """Who asks."""
        return self._user


def converse(
    answers: Answers, question: str, role: str, session: Session, *,
    source: str = "superstore", provider: str = OFFLINE, user: str = "user",
) -> Answer:  # fmt: skip
    """Answer a question through Vanna's Agent. A provider that is down is replaced by the planner, and said so.

    Answers as `Answers.ask` does; `provider` of the answer names who made the plan.
    """
    desk = _Desk(answers, role, source, session)
    if provider != OFFLINE:
        known = answers.desk(role, source)
        try:
            model = ModelPlanner(provider, known.layer, known.values.newest.isoformat())
            _run(_held(desk, model, question, user))
        except ProviderError as error:
            answer = _offline(desk, question, user)
            return replace(answer, warnings=(*answer.warnings, f"{error}; the planner by rules answered"))
        if desk.answer is not None and desk.answer.status == ANSWERED:
            return replace(desk.answer, provider=provider)
        return _offline(desk, question, user)
    return _offline(desk, question, user)


def _offline(desk: _Desk, question: str, user: str) -> Answer:
    _run(_held(desk, OfflinePlanner(), question, user))
    if desk.answer is None:
        raise ProviderError("the conversation ended without an answer")
    return desk.answer


def _run(turn: Coroutine[Any, Any, None]) -> None:
    """Run one turn in a thread of its own: the caller's may have an event loop already, as a web server's has."""
    with ThreadPoolExecutor(1) as threads:
        threads.submit(asyncio.run, turn).result()


async def _held(desk: _Desk, model: LlmService, question: str, user: str) -> None:
    """Let the agent hold one turn of the conversation; what it shows is ours to show, so its components are dropped."""
    desk.answer = None
    failed: list[ProviderError] = []
    registry = ToolRegistry()
    for tool in (AskTool(desk), PlanTool(desk)):
        registry.register_local_tool(tool, access_groups=[desk.role])
    layer = desk.answers.desk(desk.role, desk.source).layer
    agent = Agent(
        llm_service=_Watched(model, failed),
        tool_registry=registry,
        user_resolver=SessionUser(desk.role, user),
        agent_memory=DocsMemory(layer),
        config=AgentConfig(stream_responses=False, max_tool_iterations=2),
    )
    async for _ in agent.send_message(RequestContext(), question):
        pass
    if failed:
        raise failed[0]


class _Watched(LlmService):
    """Remembers that a provider failed, which the agent would only show."""

    def __init__(self, model: LlmService, failed: list[ProviderError]) -> None:
        self._model, self._failed = model, failed

    async def send_request(self, request: LlmRequest) -> LlmResponse:
        """Ask the model."""
        try:
            return await self._model.send_request(request)
        except ProviderError as error:
            self._failed.append(error)
            return LlmResponse(content="The provider is down.", finish_reason="stop")

    async def stream_request(self, request: LlmRequest) -> AsyncGenerator[LlmStreamChunk, None]:
        """Ask the model, in one piece."""
        response = await self.send_request(request)
        yield LlmStreamChunk(
            content=response.content, tool_calls=response.tool_calls, finish_reason=response.finish_reason
        )

    async def validate_tools(self, tools: list[Any]) -> list[str]:
        """As the model says."""
        return await self._model.validate_tools(tools)
