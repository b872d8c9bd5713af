"""The page of the chronology: what is written there, what is shown there, who may."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import text
from streamlit.testing.v1 import AppTest

from dashboard import cached
from dashboard.workspaces import Desk
from gis.operations.chronology import NewEntry, follow_up, write_entry
from gis.queries.chronology import ChronologyKind
from gis.text import Language
from gis.vocabulary import Role
from tests.conftest import HEADQUARTERS
from tests.dashboard.conftest import SignIn, visit

FORM = "chronology-entry"
SUBMIT = f"FormSubmitter:{FORM}-Write it down"
FOLLOW = "FormSubmitter:chronology-follow-Save"


def shown(app: AppTest) -> dict[str, Any]:
    """Return what the list was given to draw."""
    told = [json.loads(part.proto.json) for part in app.get("bidi_component") if part.proto.json]
    (data,) = (each for each in told if "lines" in each)
    assert isinstance(data, dict)
    return data


def whats(app: AppTest) -> list[str]:
    return [line["what"] for line in shown(app)["lines"]]


def write(desk: Desk, content: str, **more: Any) -> UUID:  # noqa: ANN401
    entry = NewEntry(uuid4(), content, **more)
    with desk.transaction(HEADQUARTERS) as session:
        write_entry(session, entry)
    return entry.id


def select(app: AppTest, opened: str) -> AppTest:
    app.session_state["chronology-list"] = {"selected": opened}
    return app.run()


def ask(desk: Desk, question: str) -> Any:  # noqa: ANN401 - whatever SQL answers
    with desk.workspace.reading() as session:
        return session.scalar(text(question))


@pytest.mark.usefixtures("incident_id")
def test_an_entry_is_written_by_the_form_and_stands_in_the_list(
    empty_desk: Desk, sign_in: SignIn
) -> None:
    sign_in(Role.OPERATOR)
    app = visit("chronology")
    for field, said in (("sender", "県"), ("recipient", "本部"), ("assignee", "物資班")):
        app.text_input(f"{FORM}-{field}").set_value(said)
    app.text_area(f"{FORM}-content").set_value("毛布300枚 <img src=x>")
    app.text_area(f"{FORM}-action").set_value("受け入れ先を決める")
    app.button(SUBMIT).click().run()
    assert [message.value for message in app.toast] == ["It is in the chronology."]
    entry = ask(empty_desk, "SELECT to_jsonb(e) FROM chronology_entry e")
    assert (entry["content"], entry["recorded_by"]) == ("毛布300枚 <img src=x>", "operator")
    (line, _incident) = shown(app)["lines"]
    assert (line["what"], line["who"]) == ("毛布300枚 <img src=x>", "県 → 本部")
    assert (line["mark"], line["standing"]) == ("todo", "Not done")
    assert not app.text_area(f"{FORM}-content").value


@pytest.mark.usefixtures("incident_id")
def test_a_refused_entry_stays_in_the_form(empty_desk: Desk, sign_in: SignIn) -> None:
    sign_in(Role.OPERATOR)
    app = visit("chronology")
    app.text_input(f"{FORM}-sender").set_value("県")
    app.button(SUBMIT).click().run()
    assert "The entry is empty" in app.error[0].value
    assert app.text_input(f"{FORM}-sender").value == "県"
    assert ask(empty_desk, "SELECT count(*) FROM chronology_entry") == 0


@pytest.mark.usefixtures("incident_id")
def test_an_entry_is_followed_up_until_it_is_done(empty_desk: Desk, sign_in: SignIn) -> None:
    entry_id = write(empty_desk, "<b>停電</b>", action="確認する")
    sign_in(Role.OPERATOR)
    app = select(visit("chronology"), f"entry:{entry_id}")
    assert "&lt;b&gt;停電" in "\n".join(part.proto.body for part in app.get("html"))
    assert app.text_area("chronology-follow-action").value == "確認する"
    app.text_input("chronology-follow-assignee").set_value("電気班")
    app.checkbox("chronology-follow-done").set_value(True)
    app.button(FOLLOW).click().run()
    assert not app.error
    done = "SELECT assignee || ' ' || (done_at IS NOT NULL) FROM chronology_entry"
    assert ask(empty_desk, done) == "電気班 true"


@pytest.mark.usefixtures("incident_id")
def test_who_follows_up_what_somebody_else_changed_sees_both_and_decides_again(
    empty_desk: Desk, sign_in: SignIn
) -> None:
    entry_id = write(empty_desk, "停電")
    sign_in(Role.OPERATOR)
    app = select(visit("chronology"), f"entry:{entry_id}")
    app.text_input("chronology-follow-assignee").set_value("電気班")
    with empty_desk.transaction(HEADQUARTERS) as session:
        follow_up(session, entry_id, version=1, action=None, assignee="水道班", done=False)
    app.button(FOLLOW).click().run()
    assert "水道班" in app.error[0].value
    assert "電気班" in app.error[0].value
    assert app.text_input("chronology-follow-assignee").value == "電気班"
    app.button(FOLLOW).click().run()
    assert not app.error
    assert ask(empty_desk, "SELECT assignee FROM chronology_entry") == "電気班"


def test_the_list_is_narrowed_by_word_kind_shelter_and_what_is_not_done(
    empty_desk: Desk, sign_in: SignIn, open_shelter: Callable[..., UUID]
) -> None:
    shelter_id = open_shelter("鶴嶺小学校")
    write(empty_desk, "断水", action="給水車")
    write(empty_desk, "停電")
    sign_in(Role.OPERATOR)
    app = visit("chronology")
    assert len(whats(app)) == 4
    app.text_input("chronology-search").set_value("断水").run()
    assert whats(app) == ["断水"]
    assert all("search=%E6%96%AD" in file["href"] for file in shown(app)["files"])
    app.text_input("chronology-search").set_value("").run()
    app.toggle("chronology-unfinished").set_value(True).run()
    assert whats(app) == ["断水"]
    app.toggle("chronology-unfinished").set_value(False).run()
    app.selectbox("chronology-shelter").set_value(shelter_id).run()
    assert [line["subject"] for line in shown(app)["lines"]] == ["鶴嶺小学校"]
    app.selectbox("chronology-shelter").set_value(None).run()
    app.session_state["chronology-kinds"] = [ChronologyKind.ENTRY]
    app.run()
    assert len(whats(app)) == 2
    app.text_input("chronology-search").set_value("どこにもない").run()
    assert [info.value for info in app.info] == ["No line fits. Change what is chosen above."]


@pytest.mark.usefixtures("incident_id")
def test_a_line_opens_what_it_came_from(
    empty_desk: Desk, sign_in: SignIn, open_shelter: Callable[..., UUID]
) -> None:
    shelter_id = open_shelter()
    sign_in(Role.OPERATOR)
    app = visit("chronology")
    (opened,) = {line["opens"] for line in shown(app)["lines"]} - {None}
    assert opened == f"shelter:{shelter_id}"
    assert select(app, opened).number_input(f"reading-{shelter_id}-persons")
    for nonsense in ("shelter:", "ufo:1", "entry:x"):
        assert not select(app, nonsense).exception
    assert "There is no entry" in select(app, f"entry:{uuid4()}").error[0].value
    del empty_desk


@pytest.mark.usefixtures("incident_id")
def test_older_lines_are_a_page_away(
    empty_desk: Desk, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cached, "PAGE_LENGTH", 2)
    now = empty_desk.workspace.clock.now()
    for number in range(3):
        write(empty_desk, f"{number}", happened_at=now + timedelta(seconds=number))
    sign_in(Role.VIEWER)
    app = visit("chronology")
    assert (whats(app), shown(app)["older"], shown(app)["newer"]) == (["2", "1"], True, False)


@pytest.mark.usefixtures("demonstration")
def test_a_viewer_reads_and_is_offered_no_form(sign_in: SignIn) -> None:
    sign_in(Role.VIEWER, Language.JA)
    app = visit("chronology")
    assert len(shown(app)["lines"]) == cached.PAGE_LENGTH
    assert not app.text_area
