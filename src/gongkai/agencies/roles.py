from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """The posts of an agency, as the office names them."""

    CLERK = "clerk", _("Clerk")
    SECTION_HEAD = "section_head", _("Section head")
    SECRECY_REVIEWER = "secrecy_reviewer", _("Secrecy reviewer")
    LEADER = "leader", _("Leader")
    OGI_OFFICE = "ogi_office", _("OGI office")
    INSPECTOR = "inspector", _("Inspector")
    ADMINISTRATOR = "administrator", _("Administrator")


READERS = frozenset(
    {
        Role.CLERK,
        Role.SECTION_HEAD,
        Role.SECRECY_REVIEWER,
        Role.LEADER,
        Role.OGI_OFFICE,
        Role.INSPECTOR,
    }
)
"""Who reads the unpublished work of their agency. The administrator sets up and does
not read: the three separated roles of GB/T 22239."""

SUBTREE_READERS = frozenset({Role.OGI_OFFICE, Role.INSPECTOR})
"""Who reads the agencies below theirs too: the OGI office answers for the whole tree
(Art. 3, 46), the inspector checks it."""
