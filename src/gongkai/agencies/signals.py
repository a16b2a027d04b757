from django.dispatch import Signal

# Higher layers give a new agency its columns, its review flow and its outlets; the
# tree must not know them. Sent inside the transaction: a receiver's failure undoes all.
agency_added = Signal()
