from datetime import timedelta

from gongkai.audit.heads import copy_heads
from gongkai.registry.schedules import repeats

# Audit lies below the registry and cannot name a schedule itself.
repeats("audit.copy_heads", every=timedelta(minutes=1))(copy_heads)
