"""The one lock of PDFium, which keeps state that threads may not share."""

import threading

ONE_AT_A_TIME = threading.RLock()
"""Held by whoever calls into PDFium; long work lets go of it between pages."""
