"""Every page as every role opens it, without a browser."""

import contextlib
import datetime as dt
import shutil
import uuid

import pyotp
import pytest
import sqlalchemy as sa

from app import feedback, latest, runs
from app.answers.ask import Answers
from app.answers.errors import AnswersError
from app.app_pages import PAGES
from app.auth import sessions
from app.auth.roles import ROLES
from app.auth.users import add_user
from app.databases import engine
from app.layout import plain
from app.settings import settings
from tests.integration.app.conftest import PASSWORD, field, press


def set_role_alone(user_id, role):
    with engine(settings().app_url).begin() as connection:
        connection.execute(sa.text("update users set role = :role where user_id = :id"), {"role": role, "id": user_id})


@pytest.mark.parametrize("role", ROLES)
def test_a_role_opens_its_pages_and_no_other_at_each_rerun(open_page, people, role):
    for page in PAGES:
        found = open_page(role, page.path)
        assert not found.exception, (page.path, found.exception)
        if role in page.roles:
            assert found.title[0].value == page.title, page.path
            assert not found.error, (page.path, found.error)
            other = next((other for other in ROLES if other not in page.roles), None)
            if other is None:
                continue
            set_role_alone(people[role], other)  # the session stays open, as when the role changes during a rerun
            found.run()
            set_role_alone(people[role], role)
        assert [error.value for error in found.error] == [
            "Your role does not open this page. Ask an administrator if it should."
        ]
        assert not found.title
        assert not found.metric
        assert f"refused page {page.path}" in events_of(f"test-{role}"), page.path


def events_of(name):
    """What the log of the door has for a person."""
    with engine(settings().app_url).connect() as connection:
        return set(connection.scalars(sa.text("select event from sign_ins where user_name = :name"), {"name": name}))


def test_nobody_sees_anything_without_a_session(open_page):
    for path in ("sales", "users", "enter-order"):
        found = open_page(None, path, token="0" * 32)
        assert not found.title
        assert "not signed in" in found.info[0].value


def test_the_figures_are_those_of_the_data(open_page, published):
    found = open_page("manager", "sales")
    query = (
        "select sum(f.sales), sum(f.profit) / sum(f.sales), count(distinct f.order_id) from warehouse.fct_sales as f "
        "inner join warehouse.dim_date as d on d.date_key = f.order_date_key where d.year = 2026"
    )
    sales, margin, orders = published.warehouse(query)[0]
    shown = {metric.label: metric.value for metric in found.metric}
    assert shown["Sales"] in (f"${sales / 1000:,.2f} K", f"${sales / 1_000_000:,.2f} M")
    assert shown["Margin"] == f"{100 * margin:.1f} %"
    assert shown["Orders"] == f"{orders:,}"


def test_all_time_is_compared_with_nothing(open_page):
    page = open_page("manager", "sales")
    field(page, "selectbox", "Period").select("All time").run()
    told = [caption.value for caption in page.caption]
    assert told.count("Nothing to compare with last year") == len(page.metric)
    assert not any(metric.delta for metric in page.metric)


def test_filters_combine(open_page, published):
    found = open_page("executive", "sales")
    found.multiselect(key="category").select("Furniture").run()
    found.multiselect(key="market").select("EU").run()
    query = (
        "select count(distinct f.order_id) from warehouse.fct_sales as f "
        "inner join warehouse.dim_customer as c using (customer_key) inner join warehouse.dim_product as p using "
        "(product_key) where p.category = 'Furniture' and c.market = 'EU' "
        "and f.order_date_key between 20260101 and 20261231"
    )
    assert {m.label: m.value for m in found.metric}["Orders"] == f"{published.warehouse(query)[0][0]:,}"


def test_a_manager_gets_small_cities_folded_and_an_executive_does_not(open_page, published):
    shown = {role: open_page(role, "sales").dataframe[-1].value for role in ("manager", "executive")}
    assert (shown["manager"]["city"] == "fewer than 5").sum() == 1
    assert shown["manager"].iloc[:-1]["customers"].min() >= 5
    assert shown["executive"]["customers"].min() < 5


def asked_of_the_warehouse():
    """The dashboards' queries so far, and who stands in the log for them."""
    with engine(settings().app_url).connect() as connection:
        rows = connection.execute(
            sa.text("select user_name from query_log where kind = 'dashboard' and sql is not null")
        ).all()
    return len(rows), {row.user_name for row in rows}


def test_lines_are_read_once_for_everybody_until_the_next_publish(open_page, published):
    open_page("manager", "sales")
    first = asked_of_the_warehouse()
    assert first[1] == {latest.READER}
    open_page("manager", "sales").multiselect(key="market").select("EU").run()
    open_page("manager", "products")
    assert asked_of_the_warehouse() == first
    published.change("1%")
    published.run_well()
    open_page("manager", "sales")
    assert asked_of_the_warehouse()[0] > first[0]


def test_what_somebody_chose_on_a_dashboard_is_in_the_log_once(open_page):
    page = open_page("manager", "sales")
    page.multiselect(key="market").select("EU").run()
    page.run()
    with engine(settings().app_url).connect() as connection:
        chosen = [
            row.question
            for row in connection.execute(
                sa.text(
                    "select question from query_log where user_name = 'test-manager' and kind = 'dashboard' "
                    "order by query_id desc limit 2"
                )
            )
        ]
    assert [text.endswith(", market: EU") for text in chosen] == [True, False]
    assert all(text.startswith("sales: 2026-01-01 to ") for text in chosen)


def test_a_second_factor_is_set_up_once_the_password_was_given_anew(open_page):
    page = open_page("manager", "settings")
    page.text_input(key="on_password").set_value("not my password at all")
    page = press(page, "Set it up")
    assert page.error[0].value == "The present password is wrong."
    assert "offered" not in page.session_state
    page.text_input(key="on_password").set_value(PASSWORD)
    page = press(page, "Set it up")
    field = next(field for field in page.text_input if field.label == "Code that the app shows")
    field.set_value(pyotp.TOTP(page.session_state["offered"]).now())
    assert len(press(page, "Switch it on").code[0].value.split()) == 10


def test_an_administrator_makes_a_user_who_has_to_change_the_password(open_page, app_url):
    page = open_page("administrator", "users")
    page.text_input[0].set_value("newcomer")
    next(box for box in page.selectbox if box.label == "Role").select("manager")
    page.text_input[1].set_value("a first password, long")
    page = press(page, "Add")
    assert "newcomer may sign in" in page.success[0].value.replace("\\", "")
    assert not any(text.value for text in page.text_input)
    with engine(app_url).begin() as connection:
        made = connection.execute(sa.text("select role, must_change_password from users where name = 'newcomer'")).one()
        told = connection.scalar(
            sa.text("select actor from audit.changes where new_values ->> 'name' = 'newcomer' order by change_id desc")
        )
        connection.execute(sa.text("delete from users where name = 'newcomer'"))
    assert tuple(made) == ("manager", True)
    assert told == "test-administrator"


def user_page(open_page, chosen):
    page = open_page("administrator", "users")
    assert field(page, "selectbox", "User").value is None
    return choose(page, chosen)


def choose(page, name):
    field(page, "selectbox", "User").select(name)
    return page.run()


def test_no_field_of_users_keeps_what_was_meant_for_another_one(open_page, people):
    page = user_page(open_page, people["manager"])
    field(page, "text_input", "New first password").set_value("for the manager alone").run()
    page = choose(page, people["executive"])
    assert not field(page, "text_input", "New first password").value
    field(page, "text_input", "New first password").set_value("for the executive alone").run()
    page = press(page, "Give this password")
    assert "has a new password" in page.success[0].value
    assert not any(text.value for text in page.text_input)


@pytest.mark.parametrize("action", ["Let sign in no longer", "Take the second factor away"])
def test_what_shuts_somebody_out_is_asked_for_twice(open_page, people, action):
    def state():
        with engine(settings().app_url).connect() as connection:
            query = sa.text("select disabled, totp_confirmed from users where user_id = :id")
            return tuple(connection.execute(query, {"id": people["executive"]}).one())

    page = press(user_page(open_page, people["executive"]), action)
    assert state() == (False, True)
    assert not press(page, "No").warning
    page = press(press(page, action), "Yes, do it")
    assert page.success
    assert state() in [(True, True), (False, False)]


def test_prefect_is_linked_for_who_may_start_runs_alone(open_page):
    def links(role):
        return [link.label for link in open_page(role, "pipeline").get("link_button")]

    assert not any("Prefect" in label for label in links("manager"))
    assert any("Prefect" in label for label in links("executive"))


def test_hostile_names_are_shown_as_text(open_page):
    name = "<img src=x onerror=alert(1)> **b**"
    with engine(settings().app_url).begin() as connection:
        add_user(connection, name, "manager", PASSWORD)
    page = open_page("administrator", "users")
    assert name in list(page.dataframe[0].value["User"])
    assert not page.exception


def test_when_the_warehouse_is_down_the_page_says_so_and_others_go_on(open_page, monkeypatch):
    broken = settings().model_copy(update={"manager_url": "mysql+pymysql://x:y@127.0.0.1:9/none"})
    monkeypatch.setattr("app.latest.settings", lambda: broken)
    page = open_page("manager", "sales")
    assert "The warehouse does not answer" in page.error[0].value
    assert not open_page("manager", "pipeline").error


def test_a_run_cannot_be_started_while_nothing_waits_for_it_and_the_page_says_how(open_page):
    page = press(open_page("executive", "pipeline"), "Run now")
    assert page.warning or page.success
    assert not any(button.label == "Run now" for button in open_page("manager", "pipeline").button)


@pytest.fixture
def answers(published):
    """What answers on the command line, from the same artifacts as the page."""
    target = settings().tidemark_home / "work" / "dbt" / "mariadb"
    target.mkdir(parents=True, exist_ok=True)
    shutil.copy(published.workshop.work_dir / "dbt" / "mariadb" / "manifest.json", target)
    found = Answers(published.urls, settings().tidemark_home / "work")
    yield found
    found.close()


def ask(page, question):
    page.chat_input[0].set_value(question).run()
    assert not page.exception
    assert not page.error


def test_a_question_is_answered_on_the_page_as_on_the_command_line(open_page, answers):
    page = open_page("manager", "chat")
    ask(page, "total sales by region")
    expected = answers.ask("total sales by region", "manager")
    assert page.dataframe[0].value.values.tolist() == [list(row) for row in expected.rows]
    assert not page.code
    turn = page.session_state[next(key for key in page.session_state.filtered_state if key.startswith("talk_"))][-1]
    page.session_state[f"{turn.turn_id}_origin"] = True  # opened
    page.run()
    assert expected.sql in [code.value for code in page.code]

    ask(page, "how many <b>unicorns</b> for $1 and $2")
    assert plain("how many <b>unicorns</b> for $1 and $2") in [text.value for text in page.markdown]
    next(button for button in page.button if (button.key or "").startswith("choice_")).click().run()
    assert not page.exception
    assert not page.error
    assert f"I understood: {plain(expected.understood)}" in [caption.value for caption in page.caption]
    with engine(settings().app_url).connect() as connection:
        kept = connection.execute(
            sa.text("select question, status from query_log where kind = 'question' order by asked_at desc limit 3")
        ).all()
    assert [row.status for row in kept][1:] == ["clarify", "answered"]


def test_a_question_outlives_an_outage_of_the_warehouse(open_page, answers, monkeypatch):
    page = open_page("manager", "chat")
    with monkeypatch.context() as broken:
        broken.setattr("app.app_pages.chat.answers_of", no_answer)
        page.chat_input[0].set_value("total sales by region").run()
        assert "Yours is kept" in page.error[0].value
        assert "tidemark" not in page.error[0].value
    press(page, "Ask it again").run()
    assert len(page.dataframe[0].value) > 1
    assert not page.error


@contextlib.contextmanager
def no_answer(name, role):
    raise AnswersError("cannot reach it: tidemark status")
    yield


def test_a_part_of_what_was_understood_is_changed_and_answered_anew(open_page, answers):
    page = open_page("manager", "chat")
    ask(page, "total sales by region in 2025")
    parts = {part.label: part for part in page.get("menu_button")}
    assert list(parts) == ["sales", "by region", "2025", "Add"]
    pick(parts["sales"], "profit").run()
    parts = {part.label: part for part in page.get("menu_button")}
    pick(parts["by region"], "segment").run()
    assert not page.exception
    expected = answers.ask("profit by segment in 2025", "manager")
    assert page.dataframe[-1].value.values.tolist() == [list(row) for row in expected.rows]


def test_a_part_that_nothing_can_stand_in_for_is_shown_all_the_same(open_page, answers):
    page = open_page("manager", "chat")
    ask(page, "customers by number of orders: 1, 2-4, 5 and more")
    shown = next(button for button in page.button if button.label.startswith("bands"))
    assert shown.disabled


def pick(part, label):
    """Choose from the menu of a part, as a click does."""
    return part.click_index(part.options.index(label))


def test_a_thumb_down_reaches_the_administrator_until_it_is_dealt_with(open_page, answers, app_url):
    with engine(app_url).begin() as connection:  # the servers of the tests outlive them
        connection.execute(sa.text("truncate answer_feedback, questions_settled"))
    page = open_page("manager", "chat")
    ask(page, "total sales by region")
    page.feedback[0].set_value(0).run()
    page.text_input[0].set_value("only shipped orders").run()
    press(page, "Send")
    wanted = open_page("administrator", "missed")
    row = wanted.dataframe[0].value.set_index("question").loc["total sales by region"]
    assert (row["outcome"], row["comments"], row["times"]) == ("found wrong", "only shipped orders", 1)
    feedback.settle(settings().app_url, "Total sales  by region ", "test-administrator")
    since = dt.datetime.now(dt.UTC) - dt.timedelta(days=1)
    assert "total sales by region" not in set(feedback.not_got(settings().app_url, since)["question"])
    feedback.keep(
        settings().app_url,
        feedback.Feedback(str(uuid.uuid4()), "eve", "executive", "TOTAL sales by region", "sales", feedback.DOWN),
    )
    assert "TOTAL sales by region" in set(feedback.not_got(settings().app_url, since)["question"])


def test_the_logs_keep_no_personal_value_of_a_question(open_page, answers, published):
    name = published.sql("select min(customer_name) as name from superstore.customers join superstore.orders "
                         "using (customer_id)")[0].name  # fmt: skip
    first = name.split()[0]
    with engine(settings().app_url).connect() as connection:
        before = connection.scalar(sa.text("select coalesce(max(query_id), 0) from query_log"))
    page = open_page("executive", "chat")
    for question in (f'sales of customer "{name}" by year', f"how is {name}'s dog", f"what of {first}"):
        ask(page, question)
        page.feedback[-1].set_value(0).run()
    ask(open_page("manager", "chat"), f"how many unicorns has {name}")
    with engine(settings().app_url).connect() as connection:
        kept = connection.execute(
            sa.text("select question, sql from query_log where query_id > :before and kind = 'question'"),
            {"before": before},
        ).all()
    assert len(kept) == 4
    assert any("(masked)" in (row.sql or "") for row in kept)
    told = str(kept) + str(open_page("administrator", "missed").dataframe[0].value.values.tolist())
    assert first.lower() not in told.lower()


def test_an_action_by_a_session_that_has_ended_does_nothing(open_page, answers, people):
    page = open_page("manager", "chat")
    ask(page, "total sales by region")
    count = sa.text("select count(*) from answer_feedback")
    with engine(settings().app_url).begin() as connection:
        before = connection.scalar(count)
        sessions.end_sessions_of(connection, people["manager"])
    page.feedback[0].set_value(0).run()
    with engine(settings().app_url).connect() as connection:
        assert connection.scalar(count) == before


def test_a_quarantined_row_is_shown_with_its_reason_masked_and_marked_as_seen(open_page, published):
    phone = "9" * 101
    one = "(select min(customer_id) from superstore.orders)"
    published.sql(f"update superstore.customers set phone = :phone where customer_id = {one}", phone=phone)
    published.run_well()
    page = open_page("manager", "quarantine")
    shown = page.dataframe[0].value
    assert {"phone has at most 100 characters", "customer is known"} <= set(shown["Reason"])
    held = shown[shown["Reason"] == "phone has at most 100 characters"].iloc[0]
    assert '"(masked)"' in held["Values"]
    assert phone not in str(shown.values.tolist())
    assert "Values" not in open_page("administrator", "quarantine").dataframe[0].value
    subjects = runs.quarantined(settings().app_url)["subject"]
    runs.mark_seen(settings().app_url, subjects, "test-manager")
    assert set(open_page("manager", "quarantine").dataframe[0].value["Seen by"]) == {"test-manager"}


def test_the_partitions_page_counts_every_row_of_the_facts(open_page, published):
    found = open_page("administrator", "partitions")
    lines = published.warehouse("select count(*) from warehouse.fct_sales")[0][0]
    shown = {metric.label: metric.value for metric in found.metric}
    assert f"{lines:,}" in [metric.value for metric in found.metric if metric.label == "Rows"], shown
