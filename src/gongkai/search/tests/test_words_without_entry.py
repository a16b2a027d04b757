"""On SQLite alone: on PostgreSQL words and entry are one row."""

import pytest

from gongkai import search
from gongkai.search import engines
from gongkai.search.engines.base import run
from gongkai.search.tests.factories import found, put_bodies

pytestmark = pytest.mark.django_db


def test_words_without_an_entry_are_damage_that_emptying_heals() -> None:
    put_bodies("公开", "公开", "公开")
    run("DELETE FROM search_entry WHERE object_id = 2")
    assert engines.current().damaged("item") == [None]
    search.clear("item")
    put_bodies("公开", "公开", "公开")
    assert engines.current().damaged("item") == []
    assert found("公开") == [3, 2, 1]


def test_words_that_cannot_be_deleted_again_are_damage() -> None:
    put_bodies("公开", "公开")
    run("DELETE FROM search_tokens WHERE id = (SELECT min(id) FROM search_entry)")
    assert engines.current().damaged("item") == [1]
