"""Requests and orders in every state, so that every page has something to show; all texts are English."""

from datetime import timedelta
from io import BytesIO

import openpyxl
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import F
from django.db.models.functions import Upper
from PIL import Image

from houqin.desk.callbacks.actions import draw_call_back
from houqin.desk.catalogue.models import Entry
from houqin.desk.channels.actions import bring_paper, report_as_guest
from houqin.desk.channels.drafts import keep_favourite, save_draft
from houqin.desk.demands import actions as desk
from houqin.kernel.clock.models import HoldReason, Standard
from houqin.kernel.people.actions import grant_role
from houqin.kernel.people.models import Department, User
from houqin.kernel.places.models import Place
from houqin.kernel.timekeeping import turned_to
from houqin.kernel.trail.models import Event
from houqin.kernel.worktime.models import Schedule
from houqin.lines.front_desk.access import RECEPTIONIST
from houqin.lines.front_desk.actions import (
    claim_lost_thing,
    hand_out_parcel,
    hand_over_lost_thing,
    send_back_parcel,
)
from houqin.lines.front_desk.samples import lost_thing as sample_lost_thing
from houqin.lines.front_desk.samples import parcel as sample_parcel
from houqin.lines.rooms.actions import Agenda, book_meeting, draw_door_link, wait_for_room
from houqin.lines.rooms.samples import at as moment_at
from houqin.lines.rooms.samples import room as sample_room
from houqin.platform.files.actions import receive
from houqin.platform.notices.actions import post_to
from houqin.platform.notices.models import Delivery, Hook
from houqin.platform.sheets.actions import bring_import, map_import, start_import
from houqin.platform.sheets.registry import IMPORTS
from houqin.platform.sheets.sweeps import import_files
from houqin.platform.sheets.template import template_book
from houqin.platform.webhooks.sweeps import send_posts
from houqin.setup.directory.models import RoleWish
from houqin.setup.sign_in_links.actions import make_links
from houqin.shared.approvals.actions import save_chain
from houqin.shared.approvals.kinds import ROLE, StepRule
from houqin.shared.approvals.models import Approval
from houqin.work.orders import actions as work
from houqin.work.roster.models import Shift
from houqin.work.teams.models import Skill, Team
from tests.cast import NOW, picture

BEFORE = NOW - timedelta(days=3, hours=1)
TITLE = "The heating of meeting room 502 stays cold and drips on the table"
ROWS = "Text,Opened\nLamp flickers,2026-11-20 09:00\nDoor squeaks in {},2026-11-20 10:00\n"


class Lives:
    """The demands (`self.demand[state]`) and orders (`self.order[state]`) of one house, by their states."""

    def __init__(self, house):
        self.house = house
        self.demand, self.order = {}, {}
        house.wu.phone = "6808-1"
        house.wu.save()
        Shift.objects.create(
            user=house.ma,
            place=house.near,
            starts_at=BEFORE,
            ends_at=NOW + timedelta(days=1),
            on_call=True,
        )
        self.waiting_and_ended()
        self.to_approve()
        self.under_way()
        self.on_site()
        self.at_the_desk()
        self.administrators()
        self.files()
        self.outside()
        self.without_account()
        self.administered()
        self.begun()
        self.meetings()

    def meetings(self):
        """A hall that divides, a meeting tomorrow with services, one that waits, one now, and the door."""
        house = self.house
        hall = sample_room(house, "Great hall", capacity=80, needs_approval=True)
        sample_room(house, "East hall", capacity=40, whole=hall)
        where = sample_room(house, "Room 201")
        services = list(Entry.objects.filter(code__in=("tea", "meeting_cleaning")))
        agenda = Agenda(
            "Review", 4, "Bring the plans", [house.wang], ["guest@example.org"], services
        )
        tomorrow = {"starts_at": moment_at(14, days=1), "ends_at": moment_at(15, days=1)}
        self.meeting = book_meeting(house.wu, where, agenda, **tomorrow).get_absolute_url()
        wait_for_room(house.wu, where, Agenda("Talk"), **tomorrow)
        book_meeting(
            house.wu, where, Agenda("Talk"), starts_at=moment_at(10), ends_at=moment_at(12)
        )
        self.door = f"/rooms/door/{draw_door_link(house.lin, where)}/"
        self.room = where.code

    def at_the_desk(self):
        """A receptionist with parcels that wait, were handed out by the code and went back; what was found,
        claimed and given to its owner."""
        house = self.house
        clerk = house.person("zheng", "Zheng", house.hq)
        grant_role(clerk, RECEPTIONIST, place=house.near)
        self.parcel, self.lost = {}, {}
        for state in ("waiting", "fetched", "returned"):
            self.parcel[state] = sample_parcel(house, note=state)
        sample_parcel(house, outsider="Mr Zhao")
        hand_out_parcel(clerk, self.parcel["fetched"], code=self.parcel["fetched"].code)
        send_back_parcel(clerk, self.parcel["returned"], reason="Nobody knows of it.")
        for state in ("found", "claimed", "owned"):
            thing = sample_lost_thing(
                house, title="Umbrella", marks="A sticker", photos=[picture()]
            )
            self.lost[state] = thing
            if state != "found":
                claim_lost_thing(house.wu, thing, note="A sticker on the handle")
        hand_over_lost_thing(clerk, self.lost["owned"], name="Wu")

    def submit(self, **more):
        more = {"title": TITLE, "body": "It drips.\nGuests come at two.", "at": BEFORE} | more
        return self.house.submit(**more)

    def waiting_and_ended(self):
        house = self.house
        for state in ("submitted", "urgent", "returned", "rejected", "withdrawn"):
            grade = "urgent" if state == "urgent" else "routine"
            answers = {
                "symptom": "滴水"
            }  # the catalogue's own words are kept as they are in its code
            self.demand[state] = self.submit(grade=grade, photos=[picture()], answers=answers)
        with turned_to(NOW - timedelta(hours=2)):
            desk.send_back_demand(
                house.chen, self.demand["returned"], reason="Which of the two heaters?"
            )
            desk.reject_demand(
                house.chen, self.demand["rejected"], reason="That is the tenant's own."
            )
            desk.withdraw_demand(house.wu, self.demand["withdrawn"], reason="It works again.")
        self.demand["graded"] = house.graded(title=TITLE, at=BEFORE)
        self.demand["merged into"], merged = self.submit(), self.submit(actor=house.meng)
        with turned_to(NOW - timedelta(hours=2)):
            desk.merge_demand(house.chen, merged, into=self.demand["merged into"])
            self.demand["supervised"] = supervised = self.submit()
            late = {"ask": "Why has nobody come yet?", "due_at": NOW - timedelta(hours=1)}
            desk.supervise_demand(house.lin, supervised, **late)
            desk.urge_demand(house.wu, supervised, note="Guests come at two.")

    def to_approve(self):
        """One that waits for the manager and then for finance, which has to sign."""
        house, steps = (
            self.house,
            [StepRule(ROLE, "manager"), StepRule(ROLE, "finance", signs=True)],
        )
        self.chain = save_chain(house.lin, None, kind="demand", name="Large", steps=steps)
        self.demand["pending"] = demand = self.submit()
        demand.entry.needs_approval = True
        desk.grade_demand(house.chen, demand, grade="important", note="Twelve guests.")
        self.approval = Approval.objects.get()

    def under_way(self):
        for state in (
            "offered",
            "accepted",
            "working",
            "held",
            "done",
            "signed",
            "closed",
            "rework",
        ):
            order = self.house.order(
                title=TITLE, at=BEFORE, photos=state in ("working", "accepted")
            )
            self.order[state], self.demand[state] = order, order.subject
            with turned_to(NOW - timedelta(hours=1)):
                self.bring_to(state, order)

    def on_site(self):
        """Steps to tick off, one of them done, and the words for what was wrong."""
        work.seed_fault_codes()
        order = self.order["working"]
        order.steps = ["Switch off and tag", "Clear the tray", "(optional) Photograph the plate"]
        order.save()
        work.tick_order(self.house.wang, order, step=1)

    def bring_to(self, state, order):
        house, demand = self.house, order.subject
        if state == "offered":
            return
        work.accept_order(house.wang, order)
        if state == "accepted":
            return
        work.start_order(house.wang, order)
        desk.comment_demand(house.wu, demand, text="May I still use the room?", photos=[picture()])
        desk.comment_demand(house.chen, demand, text="Third time this year.", inner=True)
        if state == "held":
            reason = HoldReason.objects.order_by("pk").first()
            work.hold_order(
                house.wang, order, reason=reason.code, note="The valve comes on Thursday."
            )
        if state in ("working", "held"):
            return
        used = [{"name": "Valve DN20", "quantity": 1, "unit": "piece", "price_fen": 8650}]
        work.finish_order(house.wang, order, result="New valve.", labour_minutes=90, materials=used)
        self.accept(state, demand)

    def accept(self, state, demand):
        demand.refresh_from_db()
        if state in ("signed", "closed"):
            desk.sign_demand(self.house.wu, demand, name="Wu", signature=picture("signature.png"))
        if state == "closed":
            desk.rate_demand(
                self.house.wu, demand, speed=5, attitude=4, solution=5, comment="Well done."
            )
        if state == "rework":
            desk.refuse_demand(self.house.wu, demand, reason="Still cold.")

        if state == "closed":
            draw_call_back(demand, "sample", at=NOW)
            self.call = demand.call_back

    def administrators(self):
        house = self.house
        for username in ("system_admin", "security_admin", "auditor"):
            grant_role(house.person(username, username, house.hq), username)
        User.objects.update(language=house.wu.language)

    def files(self):
        house = self.house
        answers = {
            "timezone": "Asia/Shanghai",
            "dates": "ymd",
            "entry": "hvac",
            "grade": "",
            "strict": False,
        }
        answers |= {"repeats": "", "place": house.room.code, "place_pk": house.room.pk}
        self.file = {}
        for state in ("uploaded", "ready", "done", "failed"):
            rows = ROWS.format(state) + ("Nobody knows when,\n" if state == "failed" else "")
            upload = SimpleUploadedFile(f"{state}.csv", rows.encode())
            self.file[state] = file = bring_import(
                house.chen, IMPORTS["intake:demands"], upload=upload
            )
            if state != "uploaded":
                mapping = {"title": "Text", "submitted_at": "Opened"}
                map_import(house.chen, file, mapping=mapping, settings=answers)
            if state in ("done", "failed"):
                start_import(house.chen, file)
        while import_files(NOW):
            pass

    def begun(self):
        """Paper forms in the tray, a draft and a favourite."""
        house, pages = self.house, BytesIO()
        Image.new("RGB", (60, 80), "white").save(pages, "PDF")
        scans = [picture("form.jpg"), SimpleUploadedFile("form.pdf", pages.getvalue())]
        self.sheets = bring_paper(house.chen, scans=[receive(scan) for scan in scans])
        entry = Entry.objects.get(code="cleaning")
        save_draft(house.wu, entry, fields={"title": "Coffee on the carpet"})
        keep_favourite(house.wu, self.demand["done"], name="Heating again")

    def without_account(self):
        """Somebody scanned the code of the room; what they reported is done and waits for their word."""
        house, entry = self.house, Entry.objects.get(code="electrical")
        answers = {
            "caller": "Shen",
            "phone": "138 0013 5127",
            "title": TITLE,
            "photos": [picture()],
        }
        with turned_to(BEFORE):
            demand, token = report_as_guest(house.room, entry, **answers)
            desk.grade_demand(house.chen, demand, grade="routine")
            order = desk.dispatch_demand(house.chen, demand, executor=house.wang)
        for do in (work.accept_order, work.start_order):
            do(house.wang, order)
        shots = {"before": [picture("b.jpg", "red")], "after": [picture("a.jpg", "green")]}
        work.finish_order(house.wang, order, result="New ballast.", **shots)
        self.link, self.guests = f"/follow/{token}/", demand.get_absolute_url()

    def administered(self):
        """Somebody whom a sheet asks a role for, with a link to choose a password; a workbook that is right
        and one that is wrong in two rows."""
        house, sys = self.house, self.house.system_admin
        RoleWish.objects.create(
            user=house.meng, role="duty", place=house.near, asked_by=sys, asked_at=NOW
        )
        token = make_links(sys, [house.meng])[house.meng.pk]
        self.password = f"/start/{token}/"
        self.person, self.place = f"/people/{house.meng.pk}/", f"/places/{house.building.pk}/"
        self.books = []
        for rows in ([["N", "North", "园区"]], [["N", "North", "shed"], ["N 1", "", "房间", "ZZ"]]):
            created = openpyxl.load_workbook(
                BytesIO(template_book(IMPORTS["setup:house"], filled=False))
            )
            for row in rows:
                created.worksheets[0].append(row)
            out = BytesIO()
            created.save(out)
            upload = SimpleUploadedFile("house.xlsx", out.getvalue())
            file = bring_import(sys, IMPORTS["setup:house"], upload=upload)
            self.books.append(file.url("_preview"))

    def outside(self):
        """A group robot that nobody answers for, with a message that waits and one that was given up."""
        told = {"kind": "feishu", "url": "http://127.0.0.1:9/hook/abcd", "events": ["order.*"]}
        self.hook = Hook.objects.create(name="Engineering group", place=self.house.near, **told)
        for event in Event.objects.filter(name="order.accepted").order_by("pk")[:2]:
            post_to([self.hook], event)
        send_posts(NOW)
        given_up = Delivery.objects.filter(hook=self.hook).order_by("pk")[:1]
        Delivery.objects.filter(pk__in=given_up.values("pk")).update(state=Delivery.State.DEAD)


def speak_english(house) -> None:
    """Give everything that belongs to this house, and not to the program, an English name."""
    User.objects.update(name=Upper("username"), language="en")
    Place.objects.update(name=F("code"), full_name=F("code"))
    for model in (Department, Skill):
        model.objects.update(name=Upper("code"))
    Team.objects.update(name="Riverside crew")
    Schedule.objects.update(name="National calendar")
    Standard.objects.update(name="Standard 2026", regulation="Service rules")
    for thing in vars(house).values():
        thing.refresh_from_db()
