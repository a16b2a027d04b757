from typing import cast

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout, update_session_auth_hash
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from gongkai.accounts import services
from gongkai.accounts.forms import PasswordForm, SignInForm
from gongkai.accounts.keeping import unsealed
from gongkai.accounts.middleware import begin_session
from gongkai.accounts.models import User
from gongkai.registry.access import public, staff


class _SignIn(LoginView):
    template_name = "accounts/sign_in.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        response = super().form_valid(form)
        begin_session(self.request)
        kept = unsealed(self.request.POST.get("kept", ""))
        if kept is not None:
            return render(self.request, "accounts/resend.html", {"kept": kept})
        return response

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        ended = self.request.session.pop("ended_notice", False)
        context = super().get_context_data(
            **kwargs, session_ended=ended, kept=self.request.POST.get("kept", "")
        )
        # Django's own, the host's name; the platform has a name of its own.
        del context["site_name"]
        return context


sign_in = public(_SignIn.as_view())


def locked_out(
    request: HttpRequest, credentials: dict[str, str], *args: object
) -> HttpResponse:
    """Shown by the lock-out in place of the form."""
    minutes = int(settings.AXES_COOLOFF_TIME.total_seconds() // 60)
    return render(request, "accounts/locked.html", {"minutes": minutes}, status=429)


@public
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    logout(request)
    return redirect("portal:home")


@staff()
@never_cache
def password(request: HttpRequest) -> HttpResponse:
    # The decorator lets nobody else through.
    user = cast(User, request.user)
    form = PasswordForm(user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.change_password(user=user, password=form.cleaned_data["password"])
        except ValidationError as error:
            form.add_error("password", error)
        else:
            update_session_auth_hash(request, user)
            messages.success(request, _("The password was changed."))
            return redirect("console:home")
    return render(request, "accounts/password.html", {"form": form})
