"""What import-linter and ruff cannot see."""

import ast
import re
import tomllib
from importlib import import_module
from pathlib import Path

import grimp
import pytest
from django.apps import apps
from django.urls import URLResolver, get_resolver
from django.utils.module_loading import import_string

from houqin.kernel.flow import SYSTEM
from houqin.kernel.trail.vocabulary import SAYINGS
from houqin.kernel.web.cards import Card

ROOT = Path(__file__).parent.parent
CONTRACTS = {
    contract["name"]: contract
    for contract in tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
}
APPS = "The apps form one stack"
KERNEL = "The kernel is a stack too"
FILES = "Inside every app the files form one stack"
# What other apps may use of an app: what it is, what it reports, what it does; `lines` is where a
# service line plugs into the service desk.
OPEN_TO_OTHERS = {"models", "reports", "matching", "taker", "actions", "lines"}
OURS = [model for model in apps.get_models() if model.__module__.startswith("houqin.")]
BY_NAME = {model.__name__: model for model in OURS}
FLOWS = [model for model in OURS if hasattr(model, "FLOW")]


def layers(contract):
    """Each name of the contract with its height, the lowest first."""
    rows = reversed(CONTRACTS[contract]["layers"])
    return {name.strip(" ()"): height for height, row in enumerate(rows) for name in row.split("|")}


HEIGHT, HEIGHT_IN_KERNEL = layers(APPS), layers(KERNEL)


def listed(wrong):
    return "\n" + "\n".join(wrong)


def storey(module):
    """How high a module stands: its app in the house, and within the kernel its part."""
    _houqin, app, *rest = module.split(".")
    return HEIGHT[app], HEIGHT_IN_KERNEL[rest[0]] if app == "kernel" else 0


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
SHOWN += ("houqin/**/api.py", "houqin/**/*page*.py", "houqin/**/pages/*.py", "houqin/**/templatetags/*.py")
ACTIONS = ("houqin/**/actions.py", "houqin/**/actions/*.py")


def test_every_app_is_under_the_contract_of_its_files():
    written = {path.parent.name for path in ROOT.glob("houqin/*/__init__.py")} - {"kernel", "demo"}
    assert {f"houqin.{app}" for app in written} == set(CONTRACTS[FILES]["containers"])


def test_foreign_keys_point_down_the_stack_and_leave_no_reverse_name_above():
    wrong = []
    for model, field in relations():
        here, there = storey(model.__module__), storey(field.related_model.__module__)
        if there > here:
            wrong.append(f"{model.__name__}.{field.name} points up")
        elif there < here and not field.remote_field.hidden:
            wrong.append(f"{model.__name__}.{field.name} leaks upward: related_name='+'")
    assert not wrong, listed(wrong)


def relations():
    for model in (one for one in OURS if not one._meta.proxy):  # a proxy brings no column of its own
        for field in model._meta.get_fields():
            if field.is_relation and field.concrete and field.related_model in OURS:
                yield model, field


def test_templates_use_only_their_own_app_and_the_kernel():
    kernel = {path.name for path in ROOT.glob("houqin/kernel/*/templates/*")} | {"django"}
    named = re.compile(r"""["'](\w+)/[\w/]+\.html["']""")
    wrong = []
    for path in source_files("houqin/**/*.html", "houqin/**/*.py"):
        parts = path.relative_to(ROOT).parts
        own = {parts[1]} if parts[1] != "kernel" else set()
        reached = set(named.findall(path.read_text())) - kernel - own
        wrong += [f"{path.relative_to(ROOT)} reaches into {folder}" for folder in reached]
    assert not wrong, listed(wrong)


def test_apps_use_of_each_other_only_what_is_open():
    graph = grimp.build_graph("houqin", exclude_type_checking_imports=True, cache_dir=None)
    wrong = []
    for module in sorted(graph.modules):
        for used in graph.find_modules_directly_imported_by(module):
            (_, own, *_), (_, app, *inside) = module.split("."), used.split(".")
            private = app not in (own, "kernel") and not OPEN_TO_OTHERS.intersection(inside[:1])
            if private and own != "demo" and ".tests" not in module:
                wrong.append(f"{module} reaches into {used}")
    assert not wrong, listed(wrong)


@pytest.mark.parametrize("model", FLOWS, ids=lambda model: model.__name__)
def test_every_verb_that_a_person_speaks_has_a_route(model):
    app = model.__module__.split(".")[1]
    pages = import_module(f"houqin.{app}.pages")
    (card,) = [thing for thing in vars(pages).values() if isinstance(thing, Card) and thing.model is model]
    assert f"{app}:{card.name}_verb" in routes()
    assert set(card.verbs) == {verb for verb, step in model.FLOW.items() if step.by - {SYSTEM}}


def routes(resolver=None, namespace=""):
    names = set()
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            names |= routes(pattern, inner)
        else:
            names.add(f"{namespace}{pattern.name}")
    return names


@pytest.mark.parametrize("model", FLOWS, ids=lambda model: model.__name__)
def test_a_status_is_moved_by_the_flow_alone_between_known_states(model):
    status = model._meta.get_field("status")
    assert not status.editable
    named = {state for step in model.FLOW.values() for state in {*step.sources, step.target} if state}
    assert named <= {value for value, _label in status.choices}


def test_what_is_shown_changes_nothing_but_through_actions():
    writes = {"save", "create", "get_or_create", "update_or_create", "bulk_create", "bulk_update", "delete"}
    wrong = [
        f"{path}:{call.lineno} writes by itself: {dotted(call)}"
        for path, call in calls_in(*SHOWN)
        if isinstance(call.func, ast.Attribute) and call.func.attr in writes
    ]
    assert not wrong, listed(wrong)


def test_what_is_shown_starts_from_what_this_person_may_see():
    wrong = []
    for path, call in calls_in(*SHOWN):
        model, start = queried(call)
        if start not in FOR_SOMEBODY and hasattr(getattr(BY_NAME.get(model), "objects", None), "visible_to"):
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
    forbidden = {"timezone.now", "datetime.now", "datetime.utcnow", "date.today", "timezone.localdate"}
    wrong = [
        f"{path}:{call.lineno} asks {dotted(call)}()"
        for path, call in calls_in("houqin/**/*.py", "config/*.py")
        if dotted(call) in forbidden and str(path) not in ASKS_THE_TIME
    ]
    for path, tree in trees("houqin/**/*.py", "config/*.py"):
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom) and node.module == "django.utils.timezone":
                wrong += [f"{path} has a clock of its own" for name in node.names if name.name == "now"]
    assert not wrong, listed(wrong)


def test_models_are_told_the_time_and_actions_ask_once():
    wrong = []
    for path, tree in trees("houqin/**/models.py", "houqin/**/models/*.py", *ACTIONS):
        allowed = 0 if "models" in str(path) else 1
        for function in [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]:
            asked = sum(dotted(call) in ("now", "timekeeping.now") for call in calls(function))
            if asked > allowed and str(path) not in ASKS_THE_TIME:
                wrong.append(f"{path}:{function.lineno} {function.name} asks the time {asked} times")
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


def public_actions():
    """The functions of the apps' actions that write."""
    for path, tree in trees(*ACTIONS):
        for function in tree.body:
            named = isinstance(function, ast.FunctionDef) and not function.name.startswith("_")
            if path.parts[1] == "kernel" or not named:
                continue
            if any(dotted(call).split(".")[-1] in ("take", "record", "save") for call in calls(function)):
                yield path, function


def recorded():
    """Every event name that the source records, with where."""
    for path, call in calls_in("houqin/**/*.py"):
        if dotted(call) in ("record", "trail.record") and len(call.args) > 1:
            for node in ast.walk(call.args[1]):
                if isinstance(node, ast.Constant) and isinstance(node.value, str):
                    yield node.value, f"{path}:{call.lineno}"


def test_every_event_can_be_said_to_a_person():
    assert routes()  # asking for the addresses imports every module that says how an event is said
    wrong = [f"{where} {name}" for name, where in recorded() if name not in SAYINGS]
    assert not wrong, listed(wrong)


def test_every_reaction_answers_an_event_that_happens():
    happens = {name for name, _where in recorded()}
    assert set(import_string("config.reactions.REACTIONS")) - {"*"} - happens == set()
