"""What import-linter and ruff cannot see."""

import ast
import re
import tomllib
from pathlib import Path

import grimp
import pytest
from django.apps import apps

from houqin.kernel.flow import SYSTEM
from houqin.kernel.trail.messages import SAYINGS
from houqin.kernel.trail.wiring import effects
from houqin.ui.cards import CARDS
from houqin.ui.routes import addresses

ROOT = Path(__file__).parent.parent
CONTRACTS = {
    contract["name"]: contract
    for contract in tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"][
        "contracts"
    ]
}
STOREYS = "The storeys form one stack"
ROOMS = {
    "kernel": "The rooms of the kernel form one stack",
    "platform": "The boxes of the platform form one stack",
    "ui": "What every page comes from forms one stack",
    "work": "The work forms one stack",
    "desk": "The desk forms one stack",
}
LADDER = "Inside every app the files form one ladder"
# What a higher storey may use of an app: what it is, reports, does, and begins with; `lines`
# is where a service line plugs into the catalogue. The boxes of the lower storeys are open as a whole.
OPEN_TO_OTHERS = {
    "models",
    "columns",
    "reports",
    "matching",
    "taker",
    "actions",
    "lines",
    "seed",
    "samples",
}
BOXES = {"kernel", "platform", "ui", "shared"}
# Inside a storey the rooms may use more of one another, but never what answers an address.
CLOSED_INSIDE = {"views", "urls", "api"}
OURS = [model for model in apps.get_models() if model.__module__.startswith("houqin.")]
BY_NAME = {model.__name__: model for model in OURS}
FLOWS = [model for model in OURS if hasattr(model, "FLOW")]


def layers(contract):
    """Each name of the contract with its height, the lowest first."""
    rows = reversed(CONTRACTS[contract]["layers"])
    return {name.strip(" ()"): height for height, row in enumerate(rows) for name in row.split("|")}


HEIGHT = layers(STOREYS)
ROOM_HEIGHT = {storey: layers(contract) for storey, contract in ROOMS.items()}


def listed(wrong):
    return "\n" + "\n".join(wrong)


def height(module):
    """How high a module stands: its storey, and within the storey its room."""
    _houqin, storey, *rest = module.split(".")
    return HEIGHT[storey], ROOM_HEIGHT.get(storey, {}).get(rest[0] if rest else "", 0)


def app_of(module):
    """`houqin.desk.demands` of whatever lies in it; a storey that is one app is that app."""
    parts = module.split(".")
    return ".".join(parts[: 2 if parts[1] in ("cockpit", "demo") else 3])


def source_files(*patterns):
    for pattern in patterns:
        for path in sorted(ROOT.glob(pattern)):
            if not {"tests", "migrations"} & set(path.relative_to(ROOT).parts):
                yield path


def trees(*patterns):
    for path in source_files(*patterns):
        yield path.relative_to(ROOT), ast.parse(path.read_text())


def calls(tree):
    return [node for node in ast.walk(tree) if isinstance(node, ast.Call)]


def calls_in(*patterns):
    for path, tree in trees(*patterns):
        for call in calls(tree):
            yield path, call


def dotted(node):
    """`a.b.c` as written; a call in between is skipped over: `a.b().c` is `a.b.c` too."""
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}"
    if isinstance(node, ast.Call):
        return dotted(node.func)
    return node.id if isinstance(node, ast.Name) else ""


# The words of a QuerySet that begin with who asks, or with a thing that this person has been shown.
FOR_SOMEBODY = {"visible_to", "mine", "of", "none"}
SHOWN: tuple[str, ...]
SHOWN = ("houqin/**/views.py", "houqin/**/views/*.py", "houqin/**/forms.py", "houqin/**/forms/*.py")
SHOWN += (
    "houqin/**/api.py",
    "houqin/**/*page*.py",
    "houqin/**/pages/*.py",
    "houqin/**/templatetags/*.py",
)
ACTIONS = ("houqin/**/actions.py", "houqin/**/actions/*.py")


def test_every_folder_is_under_the_contract_of_its_files():
    held = set()
    for pattern in CONTRACTS[LADDER]["containers"]:
        held |= {path for path in ROOT.glob(pattern.replace(".", "/")) if path.is_dir()}
    files = {path.parent for path in source_files("houqin/**/*.py") if path.name != "__init__.py"}
    outside = {
        folder
        for folder in files
        if not held & {folder, *folder.parents}
        and not {"management", "templatetags", "demo"} & set(folder.parts)
    }
    assert {str(folder.relative_to(ROOT)) for folder in outside} == {"houqin/kernel", "houqin/ui"}


def test_foreign_keys_point_down_the_stack_and_leave_no_reverse_name_above():
    wrong = []
    for model, field in relations():
        here, there = height(model.__module__), height(field.related_model.__module__)
        if there > here:
            wrong.append(f"{model.__name__}.{field.name} points up")
        elif there[0] < here[0] and not field.remote_field.hidden:
            wrong.append(f"{model.__name__}.{field.name} leaks upward: related_name='+'")
    assert not wrong, listed(wrong)


def relations():
    for model in (
        one for one in OURS if not one._meta.proxy
    ):  # a proxy brings no column of its own
        for field in model._meta.get_fields():
            if field.is_relation and field.concrete and field.related_model in OURS:
                yield model, field


# Where the templates of a folder live: the module of their app.
TEMPLATE_HOMES = {
    folder.name: ".".join(folder.relative_to(ROOT).parts[:-2])
    for folder in ROOT.glob("houqin/**/templates/*")
}


def test_templates_obey_the_storeys_too():
    """A page is made of parts of its own app and of what lies below it; import-linter cannot see that."""
    named = re.compile(r"""["'](\w+)/[\w/]+\.html["']""")
    wrong = []
    for path in source_files("houqin/**/*.html", "houqin/**/*.py"):
        user = ".".join(path.relative_to(ROOT).parts[:-1]).partition(".templates")[0]
        for folder in set(named.findall(path.read_text())) - {"django"}:
            home = TEMPLATE_HOMES[folder]
            if height(home) > height(user) or height(home) == height(user) != height(
                "houqin.setup"
            ):
                same = app_of(home) == app_of(user) or home == user
                wrong += [] if same else [f"{path.relative_to(ROOT)} reaches into {folder}"]
    assert not wrong, listed(wrong)


# A line of a template may be longer where it is one tag, which may hold no line break.
LONGEST_TEMPLATE_LINE = 140
ONE_TAG = re.compile(r"\{%(?:(?!%\}).)*%\}|\{#(?:(?!#\}).)*#\}")


def test_lines_of_templates_are_short_but_for_a_single_tag():
    wrong = [
        f"{path.relative_to(ROOT)}:{number} has {len(line)} characters"
        for path in sorted(ROOT.glob("houqin/**/templates/**/*.html"))
        for number, line in enumerate(path.read_text().splitlines(), start=1)
        if len(line) > LONGEST_TEMPLATE_LINE and not ONE_TAG.fullmatch(line.strip())
    ]
    assert not wrong, listed(wrong)


def test_apps_use_of_each_other_only_what_is_open():
    graph = grimp.build_graph("houqin", exclude_type_checking_imports=True, cache_dir=None)
    wrong = []
    for module in sorted(graph.modules):
        parts = module.split(".")
        if len(parts) < 2 or parts[1] == "demo" or "tests" in parts:
            continue
        for used in graph.find_modules_directly_imported_by(module):
            if app_of(used) != app_of(module) and not may_use(module, used):
                wrong.append(f"{module} reaches into {used}")
    assert not wrong, listed(wrong)


def may_use(module, used):
    storey, inside = used.split(".")[1], set(used.split(".")[3:4])
    if storey == module.split(".")[1]:
        return module.endswith(".urls") or not CLOSED_INSIDE & inside
    return storey in BOXES or bool(OPEN_TO_OTHERS & inside)


@pytest.mark.parametrize("model", FLOWS, ids=lambda model: model.__name__)
def test_every_verb_that_a_person_speaks_has_a_route(model):
    cards = [
        card for card in CARDS if card.model is model and card.verbs and card.lookup != "token"
    ]
    (card,) = cards
    assert f"{card.app}:{card.name}_verb" in {address.name for address in addresses()}
    assert set(card.verbs) == {verb for verb, step in model.FLOW.items() if step.by - {SYSTEM}}


@pytest.mark.parametrize("model", FLOWS, ids=lambda model: model.__name__)
def test_a_status_is_moved_by_the_flow_alone_between_known_states(model):
    status = model._meta.get_field("status")
    assert not status.editable
    named = {
        state for step in model.FLOW.values() for state in {*step.sources, step.target} if state
    }
    assert named <= {value for value, _label in status.choices}


def test_what_is_shown_changes_nothing_but_through_actions():
    writes = {
        "save",
        "create",
        "get_or_create",
        "update_or_create",
        "bulk_create",
        "bulk_update",
        "delete",
    }
    wrong = [
        f"{path}:{call.lineno} writes by itself: {dotted(call)}"
        for path, call in calls_in(*SHOWN)
        if isinstance(call.func, ast.Attribute)
        and call.func.attr in writes
        and not dotted(call).endswith("session.save")
    ]
    assert not wrong, listed(wrong)


def test_what_is_shown_starts_from_what_this_person_may_see():
    wrong = []
    for path, call in calls_in(*SHOWN):
        model, start = queried(call)
        if start not in FOR_SOMEBODY and hasattr(
            getattr(BY_NAME.get(model), "objects", None), "visible_to"
        ):
            wrong.append(f"{path}:{call.lineno} starts from all of {model}")
    assert not wrong, listed(dict.fromkeys(wrong))


def queried(call):
    """The model that a call asks and the first word after `objects`; a model handed over is all of it."""
    match = re.match(r"(?:.*\.)?(\w+)\.objects\.(\w+)", dotted(call))
    if match:
        return match[1], match[2]
    if dotted(call) in ("get_object_or_404", "get_list_or_404") and call.args:
        name = dotted(call.args[0])
        return (name, None) if name in BY_NAME else (None, None)
    return None, None


# `User.grants` is kept for the length of one request, and the roles in force then are those of now.
ASKS_THE_TIME = {"houqin/kernel/timekeeping.py", "houqin/kernel/people/models.py"}


def test_the_clock_is_read_in_one_place():
    forbidden = {
        "timezone.now",
        "datetime.now",
        "datetime.utcnow",
        "date.today",
        "timezone.localdate",
    }
    wrong = [
        f"{path}:{call.lineno} asks {dotted(call)}()"
        for path, call in calls_in("houqin/**/*.py", "config/*.py")
        if dotted(call) in forbidden and str(path) not in ASKS_THE_TIME
    ]
    for path, tree in trees("houqin/**/*.py", "config/*.py"):
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom) and node.module == "django.utils.timezone":
                wrong += [
                    f"{path} has a clock of its own" for name in node.names if name.name == "now"
                ]
    assert not wrong, listed(wrong)


def test_models_are_told_the_time_and_actions_ask_once():
    wrong = []
    for path, tree in trees("houqin/**/models.py", "houqin/**/models/*.py", *ACTIONS):
        allowed = 0 if "models" in str(path) else 1
        for function in [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]:
            asked = sum(dotted(call) in ("now", "timekeeping.now") for call in calls(function))
            if asked > allowed and str(path) not in ASKS_THE_TIME:
                wrong.append(
                    f"{path}:{function.lineno} {function.name} asks the time {asked} times"
                )
    assert not wrong, listed(wrong)


def test_every_action_names_its_actor_first_and_happens_whole_or_not_at_all():
    wrong = []
    for path, function in public_actions():
        where = f"{path}:{function.lineno} {function.name}"
        if "transaction.atomic" not in [dotted(decorator) for decorator in function.decorator_list]:
            wrong.append(f"{where} is not atomic")
        # What only the house itself does has no actor to name: the action asks for the house.
        of_the_house = any(dotted(call).endswith("house") for call in calls(function))
        if [argument.arg for argument in function.args.args][:1] != ["actor"] and not of_the_house:
            wrong.append(f"{where} does not name its actor first")
    assert not wrong, listed(wrong)


def test_no_action_takes_a_bag():
    """Its keywords are its signature, which the type checker holds every caller to, also where they are
    those of a TypedDict that is passed on. The facts of an event are open by nature."""
    wrong = [
        f"{path}:{function.lineno} {function.name} takes **{function.args.kwarg.arg}"
        for path, tree in trees(*ACTIONS)
        for function in ast.walk(tree)
        if isinstance(function, ast.FunctionDef) and function.args.kwarg
        if str(path) != "houqin/kernel/trail/actions.py"
        and not ast.unparse(function.args.kwarg.annotation or ast.Tuple([])).startswith("Unpack[")
    ]
    assert not wrong, listed(wrong)


def public_actions():
    """The functions of the apps' actions that write."""
    for path, tree in trees(*ACTIONS):
        for function in tree.body:
            named = isinstance(function, ast.FunctionDef) and not function.name.startswith("_")
            if path.parts[1] in BOXES or not named:
                continue
            if any(
                dotted(call).split(".")[-1] in ("take", "begin", "record", "save")
                for call in calls(function)
            ):
                yield path, function


def recorded():
    """Every event name that the flows leave and the source records, with where."""
    for model in FLOWS:
        for verb, step in {**model.FLOW, **model.FLOW.starts}.items():
            if step.event:
                yield f"{model.FLOW.kind}.{step.event}", f"{model.__name__} {verb}"
    for path, call in calls_in("houqin/**/*.py"):
        if dotted(call) in ("record", "trail.record") and len(call.args) > 1:
            for node in ast.walk(call.args[1]):
                if isinstance(node, ast.Constant) and isinstance(node.value, str):
                    yield node.value, f"{path}:{call.lineno}"


def test_every_event_can_be_said_to_a_person():
    assert (
        addresses()
    )  # asking for the addresses imports every module that says how an event is said
    wrong = [f"{where} {name}" for name, where in recorded() if name not in SAYINGS]
    assert not wrong, listed(wrong)


def test_every_effect_answers_an_event_that_happens():
    happens = {name for name, _where in recorded()}
    assert set(effects()) - {"*"} - happens == set()


def test_no_two_public_classes_have_one_name():
    """A stranger who searches for a class finds one. Inner ones are told apart by what they stand in."""
    homes = {}
    for path in source_files("houqin/**/*.py"):
        for node in ast.parse(path.read_text()).body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                homes.setdefault(node.name, []).append(str(path.relative_to(ROOT)))
    homes.pop("Command")  # Django's name for every command
    assert {name: places for name, places in homes.items() if len(places) > 1} == {}
