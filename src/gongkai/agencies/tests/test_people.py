"""The people whom an administrator looks after: their posts and their accounts."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from gongkai.accounts.models import Person, User
from gongkai.agencies import accounts
from gongkai.agencies.models import Agency, Post
from gongkai.agencies.roles import Role
from gongkai.agencies.scope import SYSTEM, Scope
from gongkai.agencies.services import appoint, end_post
from gongkai.agencies.tests.clients import client_of, signed_in
from gongkai.agencies.tests.factories import PASSWORD, make_agency, make_user, scope
from gongkai.audit.models import Event
from gongkai.items.tests.factories import Office
from gongkai.items.tests.samples import pdf

pytestmark = pytest.mark.django_db

LIST = reverse("agencies:people")
SIGN_IN = reverse("accounts:sign-in")
OWN = "New-words-of-mine-8"


@pytest.fixture
def county() -> Agency:
    return make_agency("青山县人民政府", slug="qingshan")


@pytest.fixture
def head(county: Agency) -> User:
    return make_user(county, Role.ADMINISTRATOR)


@pytest.fixture
def admin(head: User) -> Client:
    return signed_in(head)


@pytest.fixture
def clerk(county: Agency) -> User:
    return make_user(county, Role.CLERK)


def page_of(person: Person | User) -> str:
    found = person.person if isinstance(person, User) else person
    return reverse("agencies:person", args=[found.pk])


def act(name: str, account: User) -> str:
    return reverse(f"agencies:account-{name}", args=[account.pk])


def listed(client: Client, **query: str | int) -> list[Person]:
    return [row.person for row in client.get(LIST, query).context["rows"]]


def sign_in(username: str, password: str) -> tuple[Client, Any]:
    client = Client()
    told = {"username": username, "password": password}
    return client, client.post(SIGN_IN, told)


def verbs() -> list[str]:
    return list(Event.objects.order_by("pk").values_list("verb", flat=True))


def post_in(agency: Agency, person: Person, role: Role = Role.CLERK) -> Post:
    return appoint(
        by=SYSTEM, person=person, agency=agency, role=role, starts_on=date(2020, 1, 1)
    )


# The list


def test_the_list_is_of_ones_own_part_of_the_tree(
    county: Agency, admin: Client, head: User, clerk: User
) -> None:
    below = make_user(make_agency(parent=county), Role.LEADER)
    stranger = make_user(make_agency(), Role.CLERK)
    assert {*listed(admin)} == {head.person, clerk.person, below.person}
    assert admin.get(page_of(stranger)).status_code == 404


def test_people_are_found_by_word_post_and_agency(
    county: Agency, admin: Client, clerk: User
) -> None:
    office = make_agency(parent=county)
    leader = make_user(office, Role.LEADER)
    assert listed(admin, q=clerk.username) == [clerk.person]
    assert listed(admin, q=leader.person.staff_no) == [leader.person]
    assert listed(admin, role=Role.LEADER) == [leader.person]
    assert listed(admin, agency=office.pk) == [leader.person]
    assert listed(admin, q="无此人") == []
    assert len(listed(admin, agency="x", role="king", state="odd", page="z")) == 3


def test_people_are_found_by_what_keeps_them_out(
    county: Agency, admin: Client, clerk: User
) -> None:
    without = Person.objects.create(name="无账号", staff_no="N1")
    post_in(county, without)
    assert listed(admin, state="none") == [without]
    for _try in range(settings.AXES_FAILURE_LIMIT):
        sign_in(clerk.username, "nope")
    assert listed(admin, state="locked") == [clerk.person]
    end_post(by=SYSTEM, post=without.posts.get(), ends_on=date(2026, 1, 1))
    assert listed(admin, state="former") == [without]
    assert without not in listed(admin)
    accounts.close_account(by=SYSTEM, account=clerk)
    assert listed(admin, state="closed") == [clerk.person]


def test_many_people_cost_no_more_queries_and_are_paged(
    county: Agency, admin: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _each in range(52):
        post_in(county, make_user(county, Role.CLERK).person, Role.LEADER)
    admin.get(LIST)  # the first page after signing in stamps the session
    with django_assert_max_num_queries(13):
        assert len(listed(admin)) == 50
    assert len(listed(admin, page=2)) == 3


@pytest.mark.parametrize("role", sorted({*Role} - {Role.ADMINISTRATOR}))
def test_nobody_but_an_administrator_sees_people(county: Agency, role: Role) -> None:
    assert client_of(county, role).get(LIST).status_code == 403


# A new person


def add(client: Client, agency: Agency, **more: object) -> Any:
    told = {
        "staff_no": "G100",
        "name": "李明",
        "agency": agency.pk,
        "role": Role.CLERK,
        "starts_on": "2026-01-05",
    }
    return client.post(reverse("agencies:person-add"), {**told, **more})


def temporary_password_on(answer: Any) -> str:
    shown = re.findall(r'class="handed-over">([^<]+)<', answer.content.decode())
    return str(shown[1])


def test_a_new_person_gets_a_post_an_account_and_chooses_a_password(
    county: Agency, admin: Client
) -> None:
    answer = add(admin, county)
    person = Person.objects.get(staff_no="G100")
    account = reverse("agencies:account-open", args=[person.pk])
    assert answer.headers["Location"] == account
    password = temporary_password_on(admin.post(account, {"username": "liming"}))
    client, answer = sign_in("liming", password)
    own = reverse("accounts:password")
    for address in (reverse("console:home"), reverse("items-console:new")):
        assert client.get(address).headers["Location"] == own
        assert client.post(address).headers["Location"] == own
    told = {"current": password, "password": OWN, "again": OWN}
    assert client.post(own, told).status_code == 302
    assert client.get(reverse("console:home")).status_code == 200
    assert sign_in("liming", OWN)[1].status_code == 302
    assert {"person.added", "post.given", "account.opened"} <= {*verbs()}


def test_a_temporary_password_opens_nothing_and_runs_out(
    county: Agency, admin: Client, clerk: User
) -> None:
    password = temporary_password_on(admin.post(act("reset", clerk)))
    client, _answer = sign_in(clerk.username, password)
    same = {"current": password, "password": password, "again": password}
    page = client.post(reverse("accounts:password"), same)
    assert set(page.context["form"].errors) >= {"password"}
    assert reverse("items-console:list") not in page.content.decode()
    with time_machine.travel(timezone.now() + timedelta(days=3, minutes=1)):
        _client, late = sign_in(clerk.username, password)
        assert late.status_code == 200
        assert late.context["form"].non_field_errors()


@pytest.mark.parametrize(
    ("field", "told"),
    [
        ("username", {"username": "taken"}),
        ("email", {"username": "liming", "email": "x"}),
    ],
)
def test_an_account_that_cannot_be_opened_says_why(
    county: Agency, admin: Client, clerk: User, field: str, told: dict[str, str]
) -> None:
    User.objects.filter(pk=clerk.pk).update(username="taken")
    form = admin.post(add(admin, county).headers["Location"], told).context["form"]
    assert set(form.errors) == {field}
    assert form["username"].value() == told["username"]
    assert not User.objects.filter(username="liming").exists()


def test_a_second_account_is_not_opened(admin: Client, clerk: User) -> None:
    address = reverse("agencies:account-open", args=[clerk.person_id])
    assert admin.post(address, {"username": "second"}).status_code == 403
    assert clerk.person.accounts.count() == 1


def test_a_post_is_given_below_and_not_aside(
    county: Agency, admin: Client, clerk: User
) -> None:
    below, aside = make_agency(parent=county), make_agency()
    address = reverse("agencies:person-post", args=[clerk.person_id])
    told = {"role": Role.LEADER, "starts_on": "2026-01-05"}
    assert admin.post(address, {**told, "agency": below.pk}).status_code == 302
    refused = admin.post(address, {**told, "agency": aside.pk})
    assert set(refused.context["form"].errors) == {"agency"}
    assert set(add(admin, aside).context["form"].errors) == {"agency"}
    assert not aside.posts.exists()


def test_a_misspelled_name_is_corrected(admin: Client, clerk: User) -> None:
    address = reverse("agencies:person-rename", args=[clerk.person_id])
    assert admin.post(address, {"name": "张改名"}).status_code == 302
    assert Person.objects.get(pk=clerk.person_id).name == "张改名"
    assert verbs()[-1] == "person.renamed"


# Their accounts


def test_a_reset_ends_sessions_and_the_lock_and_tells_the_password_once(
    admin: Client, clerk: User
) -> None:
    inside, _answer = sign_in(clerk.username, PASSWORD)
    for _try in range(settings.AXES_FAILURE_LIMIT):
        sign_in(clerk.username, "nope")
    assert admin.get(act("reset", clerk)).status_code == 200
    answer = admin.post(act("reset", clerk))
    password = temporary_password_on(answer)
    assert "no-store" in answer.headers["Cache-Control"]
    assert inside.get(reverse("console:home")).status_code == 302
    assert sign_in(clerk.username, PASSWORD)[1].status_code == 200
    assert sign_in(clerk.username, password)[1].status_code == 302
    assert password not in admin.get(page_of(clerk)).content.decode()
    assert verbs()[-1] == "account.password_reset"
    assert password not in str(list(Event.objects.values_list("data", flat=True)))


def test_an_unlocked_account_opens_with_its_old_password(
    admin: Client, clerk: User
) -> None:
    for _try in range(settings.AXES_FAILURE_LIMIT):
        sign_in(clerk.username, "nope")
    assert sign_in(clerk.username, PASSWORD)[1].status_code == 429
    assert admin.post(act("unlock", clerk)).status_code == 302
    assert sign_in(clerk.username, PASSWORD)[1].status_code == 302
    assert verbs()[-1] == "account.unlocked"


def test_a_closed_account_is_out_at_once_and_its_sessions_never_wake(
    admin: Client, clerk: User
) -> None:
    inside, _answer = sign_in(clerk.username, PASSWORD)
    admin.post(act("close", clerk))
    assert inside.get(reverse("console:home")).status_code == 302
    assert sign_in(clerk.username, PASSWORD)[1].status_code == 200
    assert admin.post(act("reset", clerk)).status_code == 403
    password = temporary_password_on(admin.post(act("reopen", clerk)))
    assert inside.get(reverse("console:home")).status_code == 302
    assert sign_in(clerk.username, PASSWORD)[1].status_code == 200
    assert sign_in(clerk.username, password)[1].status_code == 302
    assert verbs()[-2:] == ["account.closed", "account.reopened"]


ACCOUNT_ACTS = ("reset", "unlock", "close", "reopen")


@pytest.mark.parametrize("name", ACCOUNT_ACTS)
def test_another_agencys_administrator_keeps_no_account_here(
    county: Agency, clerk: User, name: str
) -> None:
    before = Event.objects.count()
    attacker = client_of(make_agency(), Role.ADMINISTRATOR)
    below = client_of(make_agency(parent=county), Role.ADMINISTRATOR)
    before = Event.objects.count()
    for client in (attacker, below):
        assert client.post(act(name, clerk)).status_code == 404
    assert Event.objects.count() == before
    assert sign_in(clerk.username, PASSWORD)[1].status_code == 302


@pytest.mark.parametrize("name", ACCOUNT_ACTS)
def test_giving_a_post_does_not_win_anothers_account(
    county: Agency, clerk: User, name: str
) -> None:
    """An administrator draws another body's reviewer in, to sign in as them."""
    mine = make_agency()
    attacker = client_of(mine, Role.ADMINISTRATOR)
    person = clerk.person
    told = {"staff_no": person.staff_no, "name": person.name}
    assert add(attacker, mine, **told).status_code == 302
    assert attacker.post(act(name, clerk)).status_code == 403
    assert attacker.get(page_of(clerk)).context["works_elsewhere"] is True
    assert county.name not in attacker.get(page_of(clerk)).content.decode()
    assert sign_in(clerk.username, PASSWORD)[1].status_code == 302


@pytest.mark.parametrize("name", ACCOUNT_ACTS)
def test_nobody_keeps_their_own_account(admin: Client, head: User, name: str) -> None:
    assert admin.post(act(name, head)).status_code == 403
    address = reverse("agencies:person-post", args=[head.person_id])
    assert admin.get(address).status_code == 403


def test_the_services_refuse_what_the_pages_refuse(county: Agency, clerk: User) -> None:
    other: Scope = scope(make_user(make_agency(), Role.ADMINISTRATOR))
    acts: list[Any] = [
        accounts.reset_password,
        accounts.unlock_account,
        accounts.close_account,
        accounts.reopen_account,
    ]
    for one in acts:
        with pytest.raises(PermissionDenied):
            one(by=other, account=clerk)
    with pytest.raises(PermissionDenied):
        accounts.rename_person(by=other, person=clerk.person, name="x")


# The last administrator


def end(client: Client, post: Post, on: str = "2026-11-25") -> Any:
    return client.post(reverse("agencies:post-end", args=[post.pk]), {"ends_on": on})


def test_nobody_ends_their_own_post_of_administrator(
    county: Agency, admin: Client, head: User
) -> None:
    make_user(county, Role.ADMINISTRATOR)
    answer = end(admin, head.person.posts.get())
    assert answer.context["form"].errors
    assert head.person.posts.get().ends_on is None


def test_an_agency_keeps_an_administrator(county: Agency, head: User) -> None:
    second = make_user(county, Role.ADMINISTRATOR)
    by_second = signed_in(second)
    accounts.close_account(by=SYSTEM, account=head)
    post = second.person.posts.get()
    with pytest.raises(ValidationError):
        end_post(by=SYSTEM, post=post, ends_on=date(2026, 11, 25))
    with pytest.raises(ValidationError):
        accounts.close_account(by=SYSTEM, account=second)
    assert by_second.get(LIST).status_code == 200


def test_one_of_two_administrators_may_be_ended(
    county: Agency, admin: Client, head: User
) -> None:
    second = make_user(county, Role.ADMINISTRATOR)
    assert end(admin, second.person.posts.get()).status_code == 302
    with pytest.raises(ValidationError):
        end_post(by=SYSTEM, post=head.person.posts.get(), ends_on=date(2026, 12, 1))


def test_an_administrator_above_is_enough(county: Agency, admin: Client) -> None:
    below = make_user(make_agency(parent=county), Role.ADMINISTRATOR)
    assert admin.post(act("close", below)).status_code == 302
    assert end(admin, below.person.posts.get()).status_code == 302


def test_a_post_that_ended_is_not_ended_again(admin: Client, clerk: User) -> None:
    post = clerk.person.posts.get()
    assert end(admin, post, "2026-01-05").status_code == 302
    assert end(admin, post, "2030-01-01").context["form"].errors
    assert Post.objects.get(pk=post.pk).ends_on == date(2026, 1, 5)


@pytest.mark.engines
@pytest.mark.django_db(transaction=True)
def test_of_two_who_end_each_others_post_at_once_one_stays(county: Agency) -> None:
    posts = [
        make_user(county, Role.ADMINISTRATOR).person.posts.get() for _each in range(2)
    ]

    def ended(post: Post) -> bool:
        try:
            end_post(by=SYSTEM, post=post, ends_on=date(2026, 11, 25))
        except ValidationError:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(ended, posts)) == [False, True]
    assert county.posts.filter(ends_on=None).count() == 1


def test_a_temporary_password_opens_no_file_of_a_draft_either(
    county: Agency, admin: Client
) -> None:
    office = Office(county)
    item = office.draft(files=[("底稿.pdf", pdf(["未公开"]))])
    file = item.draft.files.get()
    address = reverse("files:file", args=[file.public_id, file.name])
    account = User.objects.get(pk=office.clerk.user)
    assert signed_in(account).get(address).getvalue().startswith(b"%PDF")
    password = temporary_password_on(admin.post(act("reset", account)))
    client, _answer = sign_in(account.username, password)
    assert client.get(address).status_code == 404
