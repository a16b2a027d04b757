from django import template
from django.template.context import Context

from gongkai.agencies.acting import acting_agency, scope_of_request
from gongkai.applications.permissions import can_import

register = template.Library()


@register.inclusion_tag("applications/registers/_tools.html", takes_context=True)
def register_tools(context: Context) -> dict[str, object]:
    """The toolbar of the register: sum up, import, export what the filters leave."""
    request = context["request"]
    agency = acting_agency(request)
    scope = scope_of_request(request)
    return {
        "query": request.GET.urlencode(),
        "can_import": agency is not None and can_import(scope, agency.pk),
    }
