import os
import signal
import socket
import time
from types import FrameType
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import close_old_connections

from gongkai.registry import outbox, schedules


class Command(BaseCommand):
    help = "Keep the promises of the outbox and run the repeated jobs."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="stop when idle")

    def handle(self, *args: Any, once: bool, **options: Any) -> None:
        name = f"{socket.gethostname()}-{os.getpid()}"
        self._stop = False
        signal.signal(signal.SIGTERM, self._ask_to_stop)
        signal.signal(signal.SIGINT, self._ask_to_stop)
        while not self._stop:
            busy = schedules.run_due() > 0
            while not self._stop and outbox.run_next(name):
                busy = True
            if once and not busy:
                return
            close_old_connections()
            if not busy:
                time.sleep(1)

    def _ask_to_stop(self, signum: int, frame: FrameType | None) -> None:
        self._stop = True
