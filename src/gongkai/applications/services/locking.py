from gongkai.applications.models import Case


def locked(case: Case) -> Case:
    """The case anew, its row held until the transaction ends."""
    return (
        Case.objects.select_for_update(of=("self",))
        .select_related("agency", "paper")
        .get(pk=case.pk)
    )
