from concurrent.futures import ThreadPoolExecutor

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.test import RequestFactory

from gongkai.registry.once import KEPT, new_token, once


@pytest.fixture
def key(db: None) -> str:
    session = SessionStore()
    session.create()
    assert session.session_key
    return session.session_key


def sent(key: str, token: str) -> HttpRequest:
    request = RequestFactory().post("/", {"once": token})
    request.session = SessionStore(key)
    return request


class Act:
    """Counts how often it was done; leads to another page each time."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self) -> HttpResponse:
        self.times += 1
        return HttpResponseRedirect(f"/made/{self.times}/")


def test_a_form_sent_twice_acts_once_and_leads_to_the_same_place(key: str) -> None:
    act, token = Act(), new_token()
    answers = [once(sent(key, token), act) for _each in range(2)]
    assert [answer["Location"] for answer in answers] == ["/made/1/"] * 2
    assert act.times == 1


def test_two_forms_and_forms_without_a_token_act_each(key: str) -> None:
    act = Act()
    for token in (new_token(), new_token(), "", ""):
        once(sent(key, token), act)
    assert act.times == 4


def test_an_act_that_failed_may_be_sent_again(key: str) -> None:
    act, token = Act(), new_token()
    answer = once(sent(key, token), lambda: HttpResponse("refused"))
    assert answer.status_code == 200
    assert once(sent(key, token), act)["Location"] == "/made/1/"


def test_another_session_knows_nothing_of_it(key: str) -> None:
    other = SessionStore()
    other.create()
    act, token = Act(), new_token()
    once(sent(key, token), act)
    once(sent(str(other.session_key), token), act)
    assert act.times == 2


def test_only_the_newest_forms_are_remembered(key: str) -> None:
    for _each in range(KEPT + 9):
        once(sent(key, new_token()), Act())
    assert len(SessionStore(key)["once"]) <= KEPT + 1


@pytest.mark.engines
@pytest.mark.django_db(transaction=True)
def test_of_eight_at_the_same_moment_one_acts() -> None:
    session = SessionStore()
    session.create()
    act, token = Act(), new_token()

    def send(_window: int) -> str:
        try:
            return once(sent(str(session.session_key), token), act)["Location"]
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(send, range(8))) == {"/made/1/"}
    assert act.times == 1
