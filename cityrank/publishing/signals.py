"""What others may want to hear of, sent after the commit. A listener that fails stops nothing."""

from django.dispatch import Signal

# move: the Move that was made.
moved = Signal()
# assignments: those of one person in one release; what: "assigned", "returned" or "done".
assignments_changed = Signal()
