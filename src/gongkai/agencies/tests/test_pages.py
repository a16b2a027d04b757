from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from gongkai.agencies.models import Agency, Post
from gongkai.agencies.roles import Role
from gongkai.agencies.tests.clients import client_of
from gongkai.agencies.tests.factories import make_agency, make_user

pytestmark = pytest.mark.django_db

LIST = reverse("agencies:list")
GOOD_CODE = "11370303004217100M"
BAD_CODE = "11370303004217100K"


@pytest.fixture
def county() -> Agency:
    return make_agency("青山县人民政府", slug="qingshan")


@pytest.fixture
def admin(county: Agency) -> Client:
    return client_of(county, Role.ADMINISTRATOR)


def at(name: str, agency: Agency) -> str:
    return reverse(f"agencies:{name}", args=[agency.pk])


def form_of(answer: Any) -> Any:
    assert answer.status_code == 200, answer.headers.get("Location")
    return answer.context["form"]


def add(client: Client, below: Agency, **more: object) -> Any:
    told = {
        "name": "青山县水务局",
        "kind": "department",
        "index_template": "{code}/{year}-{serial:05}",
    }
    address = f"{reverse('agencies:add')}?below={below.pk}"
    return client.post(address, {**told, **more})


def test_an_agency_is_added_with_all_that_it_needs(
    county: Agency, admin: Client, client: Client
) -> None:
    answer = add(admin, county, uscc=GOOD_CODE)
    made = Agency.objects.get(name="青山县水务局")
    assert answer.headers["Location"] == at("agency", made)
    assert (made.depth, made.uscc) == (2, GOOD_CODE)
    assert made.path.startswith(county.path)
    assert made.slug == "qing-shan-xian-shui-wu-ju"
    assert made.columns.filter(slug="guide").exists()
    assert made.outlets.get().is_own_site
    assert client.get(f"/a/{made.slug}/").status_code == 200


def test_a_wrong_credit_code_is_named_at_its_field_and_the_typing_kept(
    county: Agency, admin: Client
) -> None:
    form = form_of(add(admin, county, uscc=BAD_CODE, phone="0999-1"))
    assert set(form.errors) == {"uscc"}
    assert BAD_CODE in str(form.errors["uscc"])
    assert (form["phone"].value(), form["uscc"].value()) == ("0999-1", BAD_CODE)
    assert not Agency.objects.filter(name="青山县水务局").exists()


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("slug", "Shui Wu"),
        ("slug", "qingshan"),
        ("kind", "x"),
        ("name", " "),
        ("email", "x"),
        ("established_on", "2026-02-30"),
    ],
)
def test_a_wrong_value_is_told_at_its_field(
    county: Agency, admin: Client, field: str, wrong: str
) -> None:
    form = form_of(add(admin, county, **{field: wrong}))
    assert set(form.errors) == {field}
    assert form[field].value() == wrong
    assert Agency.objects.count() == 1


def test_dates_must_be_in_order_and_a_code_is_of_one_agency(
    county: Agency, admin: Client
) -> None:
    dates = {"established_on": "2020-01-01", "dissolved_on": "2019-01-01"}
    assert set(form_of(add(admin, county, **dates)).errors) == {"dissolved_on"}
    add(admin, county, uscc=GOOD_CODE)
    form = form_of(add(admin, county, name="另一局", uscc=GOOD_CODE))
    assert "青山县水务局" in str(form.errors["uscc"])


def change(client: Client, agency: Agency, **told: object) -> Any:
    known = {"name": agency.name, "kind": agency.kind, "slug": agency.slug}
    known["index_template"] = agency.index_template
    return client.post(at("change", agency), {**known, **told})


def test_a_body_is_merged_into_another_of_its_tree_from_a_day_on(
    county: Agency, admin: Client
) -> None:
    older, newer = (make_agency(parent=county) for _each in range(2))
    stranger = make_agency()
    no_day = form_of(change(admin, older, merged_into=newer.pk))
    assert newer.name in str(no_day.errors["dissolved_on"])
    day = "2025-06-01"
    outside = change(admin, older, merged_into=stranger.pk, dissolved_on=day)
    assert set(form_of(outside).errors) == {"merged_into"}
    done = change(admin, older, merged_into=newer.pk, dissolved_on=day)
    assert done.status_code == 302
    assert newer.name in admin.get(at("agency", older)).content.decode()
    circle = change(admin, newer, merged_into=older.pk, dissolved_on=day)
    assert older.name in str(form_of(circle).errors["merged_into"])


def test_a_template_that_makes_no_number_of_its_own_is_refused(
    county: Agency, admin: Client
) -> None:
    for template in (
        "{code}",
        "{year}-{serial}",
        "{code}-{serial}{nonsense}",
        "{code}{serial",
        "{code}{serial.__class__}",
        "{code}{serial:99999999}",
        "{code}{organ}{serial}",
    ):
        form = form_of(add(admin, county, index_template=template))
        assert template in str(form.errors["index_template"])


@pytest.mark.parametrize(
    "template", ["{code}/{year}-{serial:05}", "{organ}/{year}{month}-{serial:03}"]
)
def test_a_template_of_the_agencys_own_is_taken(
    county: Agency, admin: Client, template: str
) -> None:
    assert add(admin, county, index_template=template).status_code == 302


def test_a_form_sent_twice_adds_one_agency(county: Agency, admin: Client) -> None:
    address = f"{reverse('agencies:add')}?below={county.pk}"
    once = admin.get(address).context["once"]
    for _each in range(2):
        assert add(admin, county, once=once).status_code == 302
    assert Agency.objects.filter(name="青山县水务局").count() == 1


def test_a_profile_is_changed_and_the_address_never(
    county: Agency, admin: Client
) -> None:
    told = {
        "name": "青山县人民政府",
        "kind": "government",
        "slug": "elsewhere",
        "phone": "0999-2",
        "index_template": county.index_template,
    }
    assert admin.post(at("change", county), told).status_code == 302
    county.refresh_from_db()
    assert (county.phone, county.slug) == ("0999-2", "qingshan")
    form = form_of(admin.post(at("change", county), {**told, "uscc": BAD_CODE}))
    assert BAD_CODE in str(form.errors["uscc"])
    county.refresh_from_db()
    assert county.uscc == ""


def give(client: Client, agency: Agency, **more: object) -> Any:
    told = {
        "staff_no": "G100",
        "name": "李明",
        "role": Role.CLERK,
        "starts_on": "2026-01-05",
    }
    return client.post(at("post-appoint", agency), {**told, **more})


def test_a_post_given_twice_is_one(county: Agency, admin: Client) -> None:
    for _each in range(2):
        assert give(admin, county).status_code == 302
    assert Post.objects.filter(person__staff_no="G100").count() == 1


def test_a_number_of_somebody_else_is_refused(county: Agency, admin: Client) -> None:
    give(admin, county)
    form = form_of(give(admin, county, name="王芳"))
    assert "G100" in str(form.errors["name"])
    assert set(form_of(give(admin, county, role="king", starts_on="")).errors) == {
        "role",
        "starts_on",
    }


def test_nobody_gives_a_post_to_themselves(county: Agency) -> None:
    from gongkai.agencies.tests.clients import signed_in

    user = make_user(county, Role.ADMINISTRATOR)
    own = {"staff_no": user.person.staff_no, "name": user.person.name}
    form = form_of(give(signed_in(user), county, **own))
    assert set(form.errors) == {"staff_no"}
    assert user.person.posts.count() == 1


def test_a_post_ends_on_a_day_that_fits(county: Agency, admin: Client) -> None:
    give(admin, county)
    post = Post.objects.get(person__staff_no="G100")
    address = reverse("agencies:post-end", args=[post.pk])
    form = form_of(admin.post(address, {"ends_on": "2026-01-04"}))
    assert "2026-01-04" in str(form.errors["ends_on"])
    assert form["ends_on"].value() == "2026-01-04"
    assert admin.post(address, {"ends_on": "2026-06-30"}).status_code == 302
    page = admin.get(at("agency", county)).context
    assert post in page["former"]
    assert post not in page["posts"]


def test_an_administrator_reaches_down_and_not_aside(
    county: Agency, admin: Client
) -> None:
    below, aside = make_agency(parent=county), make_agency()
    assert give(admin, below).status_code == 302
    assert give(admin, aside).status_code == 404
    assert add(admin, aside).status_code == 404
    assert admin.post(at("change", aside), {"name": "x"}).status_code == 404
    post = make_user(aside, Role.CLERK).person.posts.get()
    end = reverse("agencies:post-end", args=[post.pk])
    assert admin.post(end, {"ends_on": "2026-06-30"}).status_code == 404


@pytest.mark.parametrize("role", [Role.CLERK, Role.OGI_OFFICE, Role.LEADER])
def test_others_read_and_do_not_set_up(county: Agency, role: Role) -> None:
    client = client_of(county, role)
    assert client.get(LIST).status_code == 200
    assert client.get(at("agency", county)).context["may_change"] is False
    assert add(client, county).status_code == 403
    assert give(client, county).status_code == 403
    assert client.get(at("change", county)).status_code == 403
    post = county.posts.all()[0]
    assert client.get(reverse("agencies:post-end", args=[post.pk])).status_code == 403


def test_the_list_is_ones_own_part_of_the_tree(county: Agency, admin: Client) -> None:
    below = make_agency(parent=county)
    make_agency()
    assert admin.get(LIST).context["agencies"] == [county, below]
    assert client_of(below, Role.CLERK).get(LIST).context["agencies"] == [below]


def test_many_agencies_and_posts_cost_no_more_queries(
    county: Agency, admin: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _each in range(12):
        make_agency(parent=county)
        make_user(county, Role.CLERK)
    admin.get(LIST)  # the first page after signing in stamps the session
    with django_assert_max_num_queries(8):
        assert len(admin.get(LIST).context["agencies"]) == 13
    with django_assert_max_num_queries(10):
        assert len(admin.get(at("agency", county)).context["posts"]) == 13
