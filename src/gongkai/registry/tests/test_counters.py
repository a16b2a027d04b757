from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from gongkai.registry.counters import next_number

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.engines]


def take(fail: bool = False) -> int:
    try:
        with transaction.atomic():
            number = next_number("test")
            if fail:
                raise ZeroDivisionError
            return number
    except ZeroDivisionError:
        return 0
    finally:
        connection.close()


def test_sixteen_at_once_leave_no_gap_and_no_double() -> None:
    with ThreadPoolExecutor(16) as pool:
        taken = list(pool.map(lambda n: take(fail=n % 5 == 0), range(80)))
    numbers = sorted(number for number in taken if number)
    assert numbers == list(range(1, len(numbers) + 1))
    assert len(numbers) == 64


def test_a_number_outside_a_transaction_is_refused() -> None:
    with pytest.raises(RuntimeError):
        next_number("test")
