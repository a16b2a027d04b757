"""The moves of a remedy: one row each. Console and tests read nothing else.

domain: Reconsideration Law (2023) Art. 48 to 54 and 62; Litigation Law Art. 45 and 67.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from gongkai.applications.transitions import HANDLERS, HEADS
from gongkai.remedies.choices import OPEN, PROCEEDINGS, SUITS, Kind, Stage

S, K = Stage, Kind
ALL_KINDS = tuple(Kind)
BEFORE_FILING = (*OPEN, S.DECIDED)


@dataclass(frozen=True)
class Transition:
    """From these stages, by this act of these people, to that stage.

    ``to`` None leaves the stage to what is known: see ``rules.standing``. ``needs`` is
    what must be given, ``may`` what can be; ``kinds`` those that know the act.
    """

    name: str
    label: str | Promise
    sources: tuple[Stage, ...]
    to: Stage | None = None
    who: tuple[str, ...] = HANDLERS
    needs: tuple[str, ...] = ()
    may: tuple[str, ...] = ()
    kinds: tuple[Kind, ...] = ALL_KINDS
    is_final: bool = False


_ROWS = (
    Transition(
        "defend",
        _("Enter the defence (答复、答辩)"),
        (S.RECEIVED, S.SUSPENDED),
        needs=("on", "defence"),
        may=("defence_no", "text"),
    ),
    Transition(
        "put_off_defence",
        _("Enter another day for the answer"),
        (S.RECEIVED, S.SUSPENDED),
        needs=("until", "text"),
        kinds=(*SUITS, K.COMPLAINT),
    ),
    Transition(
        "to_ordinary",
        _("It becomes an ordinary procedure"),
        OPEN,
        needs=("on",),
        kinds=(K.RECONSIDERATION,),
    ),
    Transition(
        "accept", _("Enter the day of acceptance"), OPEN, needs=("on", "body_number")
    ),
    Transition("set_hearing", _("Enter a hearing"), OPEN, needs=("when", "place")),
    Transition(
        "hold_hearing",
        _("Enter that a hearing was held"),
        OPEN,
        needs=("hearing",),
        may=("text", "files"),
    ),
    Transition(
        "call_off_hearing",
        _("Enter that a hearing is called off"),
        OPEN,
        needs=("hearing",),
        may=("text",),
    ),
    Transition(
        "extend",
        _("Enter that the body takes longer (延期)"),
        OPEN,
        needs=("on", "until"),
        may=("text",),
        kinds=PROCEEDINGS,
    ),
    Transition(
        "suspend",
        _("Enter that it is suspended (中止)"),
        (S.RECEIVED, S.DEFENDED),
        S.SUSPENDED,
        needs=("on",),
        may=("text",),
        kinds=PROCEEDINGS,
    ),
    Transition(
        "resume",
        _("Enter that it goes on (恢复)"),
        (S.SUSPENDED,),
        needs=("on",),
        kinds=PROCEEDINGS,
    ),
    Transition(
        "decide",
        _("Enter the decision"),
        OPEN,
        S.DECIDED,
        needs=("on", "outcome"),
        may=("decision_no", "served_on", "text", "decision"),
    ),
    Transition(
        "correct_decision",
        _("Correct the decision entered"),
        (S.DECIDED,),
        who=HEADS,
        needs=("on", "outcome", "text"),
        may=("decision_no",),
    ),
    Transition(
        "serve",
        _("Enter the day of service"),
        (S.DECIDED,),
        needs=("on",),
        kinds=PROCEEDINGS,
    ),
    Transition(
        "note_appeal",
        _("Enter whether it is contested further"),
        (S.DECIDED,),
        needs=("appeal",),
        kinds=PROCEEDINGS,
    ),
    Transition(
        "add_documents",
        _("Add documents"),
        BEFORE_FILING,
        needs=("file_kind", "files"),
    ),
    Transition("assign", _("Assign"), BEFORE_FILING, needs=("handler",)),
    Transition("archive", _("File it"), (S.DECIDED,), S.ARCHIVED, is_final=True),
    Transition(
        "strike_out",
        _("Strike out: registered by mistake"),
        BEFORE_FILING,
        S.STRUCK,
        who=HEADS,
        needs=("text",),
        is_final=True,
    ),
)

TRANSITIONS: Mapping[str, Transition] = {row.name: row for row in _ROWS}
