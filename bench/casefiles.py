"""``python -m bench.casefiles``: a case's papers on this site; prints JSON."""

import io
import json
import os
import resource
import statistics
import sys
import time
import zipfile
from collections.abc import Callable

import django

django.setup()

from django.utils import timezone  # noqa: E402 - after the set-up

from gongkai.accounts.services import add_person, open_account  # noqa: E402
from gongkai.agencies.models import Agency  # noqa: E402
from gongkai.agencies.roles import Role  # noqa: E402
from gongkai.agencies.scope import SYSTEM, HeldPost, Scope  # noqa: E402
from gongkai.agencies.services import appoint  # noqa: E402
from gongkai.applications.archiving import archives  # noqa: E402
from gongkai.applications.choices import Channel, FileKind  # noqa: E402
from gongkai.applications.files import (  # noqa: E402
    Prepared,
    attach,
    chunks_of,
    keep_for,
)
from gongkai.applications.letters.replies import reply_document  # noqa: E402
from gongkai.applications.models import Archive, Case  # noqa: E402
from gongkai.applications.persons import Applicant, Wanted  # noqa: E402
from gongkai.applications.rules import Actor  # noqa: E402
from gongkai.applications.services import archiving, handling  # noqa: E402
from gongkai.applications.services.registering import (  # noqa: E402
    Incoming,
    register,
)
from gongkai.registry.papers import pdf, word  # noqa: E402
from gongkai.registry.papers.blocks import Line  # noqa: E402
from gongkai.registry.papers.blocks import Paper as Sheet  # noqa: E402

FILES = 200
BYTES = 1_000_000
REPLIES = 10
WORDS = {
    "文号": "公复〔2026〕1号",
    "事实": "经检索，本机关保存有该项信息。" * 20,
    "理由": "该信息涉及第三方合法权益，第三方书面答复不同意公开。" * 10,
}


def main() -> None:
    case = _case()
    told = {"reply": _median(lambda: _reply(case)), "bare": _median(_bare)}
    archive = _filed(case)
    told |= _streamed(archive)
    told |= _held(case)
    sys.stdout.write(json.dumps(told))


def _case() -> Case:
    incoming = Incoming(
        key="bench-file",
        channel=Channel.NETWORK,
        received_on=timezone.localdate(),
        kind="natural_person",
        applicant=Applicant("申请人", phone="19900000000"),
        wanted=(Wanted("补助发放明细", description="补助明细" * 20),),
    )
    agency = Agency.objects.order_by("path")[0]
    return register(actor=Actor(), agency=agency, incoming=incoming)[0].case


def _median(act: Callable[[], object]) -> float:
    """Seconds, the first asking left out: it loads the faces."""
    act()
    return statistics.median(_seconds(act) for _ in range(REPLIES))


def _seconds(act: Callable[[], object]) -> float:
    started = time.perf_counter()
    act()
    return time.perf_counter() - started


def _reply(case: Case) -> bytes:
    today = timezone.localdate()
    made = reply_document(case, result="D4", decided_on=today, fields=WORDS)
    return made.docx + made.pdf


def _bare() -> bytes:
    sheet = Sheet("", (Line("答复"),))
    return word(sheet) + pdf(sheet)


def _filed(case: Case) -> Archive:
    for number in range(FILES):
        data = os.urandom(BYTES)
        told = Prepared(FileKind.OTHER, f"{number:03}.pdf", "application/pdf", data)
        (kept,) = keep_for(case, [told])
        attach(case, kept, by_applicant=False)
    handling.withdraw(actor=Actor(), case=case)
    case.refresh_from_db()
    # Whoever files it: the bench has no people.
    archiving.file_case(actor=_office(case), case=case)
    return Archive.objects.select_related("case__agency").get(case=case)


def _office(case: Case) -> Actor:
    person = add_person(name="档案员", staff_no="B-FILE", by_id=None)
    user = open_account(
        person=person,
        username="bench-file",
        password="Correct-horse-7",  # noqa: S106 - of a scratch site
        email="",
        by_id=None,
    )
    appoint(
        by=SYSTEM,
        person=person,
        agency=case.agency,
        role=Role.CLERK,
        starts_on=timezone.localdate(),
    )
    held = HeldPost(case.agency_id, case.agency.path, Role.CLERK)
    return Actor(Scope(user_id=user.pk, person_id=person.pk, posts=(held,)))


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _streamed(archive: Archive) -> dict[str, float]:
    before, started, size = _peak(), time.perf_counter(), 0
    for piece in archives.chunks(archive):
        size += len(piece)
    return {
        "streaming": time.perf_counter() - started,
        "streamed": _peak() - before,
        "megabytes": size / 1e6,
        "files": FILES,
    }


def _held(case: Case) -> dict[str, float]:
    before, started = _peak(), time.perf_counter()
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as packed:
        for file in case.files.select_related("stored"):
            file.case = case
            packed.writestr(file.public_id, b"".join(chunks_of(file)))
    return {"holding": time.perf_counter() - started, "held": _peak() - before}


if __name__ == "__main__":
    main()
