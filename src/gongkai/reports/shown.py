"""How a reading is shown in lists and on its page."""

from django.utils.translation import gettext as _

from gongkai.reports.models import Claim, Finding, Reading, Verdict

_STATES = {
    Reading.State.WAITING: "info",
    Reading.State.UNREADABLE: "bad",
    Reading.State.OPEN: "warn",
    Reading.State.CHECKED: "ok",
}
_VERDICTS = {
    Verdict.OPEN: "",
    Verdict.ACCEPTED: "ok",
    Verdict.ADDED: "ok",
    Verdict.CORRECTED: "info",
    Verdict.REJECTED: "",
}
_SEVERITIES = {
    Finding.Severity.ERROR: "bad",
    Finding.Severity.WARNING: "warn",
    Finding.Severity.NOTICE: "info",
}


def tag_of(reading: Reading) -> tuple[str, str]:
    return str(reading.get_state_display()), _STATES[Reading.State(reading.state)]


def tag_of_claim(claim: Claim) -> tuple[str, str]:
    if not claim.verdict:
        return _("To check"), ""
    return str(claim.get_verdict_display()), _VERDICTS[Verdict(claim.verdict)]


def tag_of_finding(finding: Finding) -> tuple[str, str]:
    state = _SEVERITIES[Finding.Severity(finding.severity)]
    return str(finding.get_severity_display()), state
