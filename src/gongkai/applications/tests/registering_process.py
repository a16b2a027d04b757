"""``python -m …registering_process AGENCY NAME COUNT``: registers, saying numbers.

What a web worker does, as a process of its own that a test can kill. A number is
printed only after its transaction has ended, as an applicant would be told it.
"""

import sys
from datetime import date


def main(agency_id: int, name: str, count: int) -> None:
    import django

    django.setup()
    from gongkai.agencies.models import Agency
    from gongkai.applications.services.registering import register
    from gongkai.applications.tests.factories import APPLICANT, incoming, noon

    agency, day = Agency.objects.get(pk=agency_id), date(2025, 3, 3)
    for number in range(count):
        paper = incoming(f"{name} 第{number}件", key=f"{name}-{number}")
        receipts = register(
            actor=APPLICANT, agency=agency, incoming=paper, now=noon(day)
        )
        sys.stdout.write(f"{receipts[0].number} {receipts[0].query_code}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2], int(sys.argv[3]))
