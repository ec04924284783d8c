"""Every effect that climbs the stack, on one page: event → functions called in the same transaction."""

from collections.abc import Callable

from houqin.dispatch import reactions as crew
from houqin.dispatch.roster import reactions as roster
from houqin.kernel.notices.actions import post_event
from houqin.kernel.search.actions import index_event
from houqin.kernel.trail.models import Event
from houqin.servicedesk import found
from houqin.servicedesk import reactions as desk
from houqin.servicedesk.rules import reactions as rules
from houqin.setup import reactions as house

ENDED = (crew.release_followers, crew.send_helpers_home)
REACTIONS: dict[str, list[Callable[[Event], None]]] = {
    "*": [post_event, index_event],  # every event
    "order.offered": [desk.follow_order, desk.tell_executor],
    "order.reassigned": [desk.follow_order, desk.count_reassignment, desk.tell_executor, desk.tell_loser],
    "order.accepted": [desk.follow_order, desk.tell_of_order],
    "order.started": [desk.follow_order],
    "order.arrived": [desk.follow_order],
    "order.held": [desk.follow_order, desk.tell_of_order],
    "order.resumed": [desk.follow_order],
    "order.queued": [desk.follow_order],
    "order.released": [desk.follow_order, desk.tell_executor],
    "order.handed_over": [desk.follow_order, desk.tell_executor],
    "order.help_wanted": [crew.tell_leads],
    "order.finished": [*ENDED, desk.follow_order, desk.tell_of_order, desk.tell_watchers],
    "order.handed_back": [desk.follow_order, desk.count_reassignment, desk.tell_of_order],
    "order.cancelled": [*ENDED, desk.follow_order, desk.tell_executor],
    "swap.asked": [roster.tell_colleague],
    "swap.agreed": [roster.tell_asker_and_lead],
    "swap.done": [roster.tell_all_sides],
    "swap.declined": [roster.tell_all_sides],
    "swap.refused": [roster.tell_all_sides],
    "request.submitted": [desk.page_and_queue],
    "request.resubmitted": [desk.page_and_queue],
    "request.graded": [desk.tell_requester, desk.page_when_raised, rules.give_by_rule],
    "request.regraded": [desk.tell_both_sides, desk.page_when_raised],
    "request.sent_back": [desk.tell_requester],
    "request.rejected": [desk.tell_requester, desk.tell_watchers],
    "request.withdrawn": [desk.tell_watchers],
    "request.cancelled": [desk.tell_requester, desk.tell_watchers],
    "order.passed_on": [desk.tell_executor, desk.tell_loser],
    "request.passed_on": [desk.tell_copied],
    "user.handed_over": [desk.tell_successors],
    "user.taken_back": [desk.tell_successors],
    "user.substitute_changed": [desk.tell_successors],
    "request.supervision_passed_on": [desk.tell_copied],
    "request.improvement_noted": [desk.tell_managers],
    "request.merged": [desk.tell_merged],
    "request.copied": [desk.tell_copied],
    "request.urged": [desk.tell_of_urge],
    "request.supervised": [desk.tell_of_supervision],
    "request.supervision_late": [desk.tell_of_supervision],
    "request.answered": [desk.tell_supervisor],
    "request.deemed": [desk.tell_requester],
    "request.refused": [desk.tell_both_sides],
    "request.signed_for": [desk.tell_both_sides],
    "request.signed": [desk.tell_both_sides],
    "request.commented": [desk.tell_both_sides, desk.tell_watchers],
    "request.noted": [desk.tell_both_sides, desk.tell_copied],
    "place.changed": [found.index_renamed],
    "user.changed": [found.index_renamed],
    "department.changed": [found.index_renamed],
    "entry.saved": [found.index_renamed],
    "book.taken": [found.index_renamed],
    "import.done": [found.index_imported],
    "user.link_made": [house.tell_of_link],
    "trail.tampered": [house.tell_auditors],
    "clock.alarm": [desk.tell_of_alarm],
    "clock.moved": [desk.tell_both_sides],
}
