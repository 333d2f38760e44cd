"""Goes everywhere in the explorer while torch is broken, and prints as JSON what raised and what was said.

    tour.py FOLDER KIND…      FOLDER has a folder of each kind of break, with a package ``torch`` in it

All is imported once; then a fork of the process does the tour with each kind. The first of them goes everywhere, the
others where torch is needed.
"""

import json
import os
import sys
from itertools import product
from pathlib import Path

from streamlit.testing.v1 import AppTest

import explorer
from explorer.__main__ import main
from explorer.documents.build import document
from explorer.documents.messages import speak
from explorer.export import FORMATS
from explorer.learning.course import Course
from explorer.learning.panel import panel
from explorer.lessons import LESSONS
from explorer.operation import run
from explorer.pages import asking
from explorer.presets import PRESETS
from explorer.session.page import page_at
from explorer.views import VIEWS

PAGES = Path(explorer.__file__).parent / "pages"
raised: list[str] = []
said: dict[str, object] = {}


def visit(name, action):
    """What an action returns; what it raises is noted."""
    try:
        return action()
    except Exception as error:
        raised.append(f"{name}: {type(error).__name__}: {error}")


def documents():
    for at, name in enumerate(PRESETS):
        views = VIEWS if name == "basic" else [list(VIEWS)[at % len(VIEWS)]]
        for view, backward in product(views, ("", "&backward=1")):
            page = page_at(f"?preset={name}&view={view}{backward}").page
            visit(f"{name} {view} {backward}", lambda page=page: document(run(page.settings), page.view, "float32"))


def basic():
    shown = document(run(PRESETS["basic"].settings), page_at("?backward=1").page.view, "float64")
    said["output"] = shown["agreement"]["methods"][0]["values"]
    said["verdict"] = speak(shown["agreement"]["message"])
    said["details"] = [speak(one) for one in shown["agreement"]["details"]]
    said["errors"] = {one["name"]: one["error"] for one in shown["agreement"]["methods"] if one["error"]}
    said["gradient"] = [speak(one) for one in shown["gradient"]["messages"]]


def round_trip():
    cell = explorer.document("?preset=shape-round-trip")["about"]["cell"]
    said["round trip"] = [speak(cell["message"]), cell["verdict"]]


def course():
    for name, lesson in LESSONS.items():
        for number, part in enumerate(lesson.parts, 1):
            asked = [f"&question={kind}.1" for kind in part.questions[:1]]
            for question in ("", *asked):
                address = f"?lesson={name}&part={number}{question}"
                visit(address, lambda address=address: part_at(Course.at(address)))


def part_at(here):
    return document(run(here.settings), here.view), panel(here)


def files(folder):
    names = [f"{folder}/page{suffix}" for suffix in FORMATS if suffix != ".gif"]  # .png has all but its time
    said["export"] = visit("export", lambda: main(["export", "?preset=shape-round-trip", *names]))


def app(name, **query):
    page = AppTest.from_file(str(PAGES / f"{name}.py"), default_timeout=60)
    page.query_params.update(query)
    return shown(name, page.run())


def shown(name, page):
    raised.extend(f"{name}: {one.message}" for one in page.exception)
    return page


def pages():
    app("explore", preset="shape-round-trip", backward="1")
    app("learn", lesson="backward", question="size.3")
    app("layer", layer="nn.ConvTranspose2d(8, 4, 3, 2, 1)", input="16x16", target="32x32", open="trip-program")
    app("upsample")
    given = []
    asking.UPSAMPLE.heard = lambda: {"search": "?", "number": 3, "train": 1}
    asking.UPSAMPLE.draw = given.append
    app("upsample")
    said["training"] = given[-1]["training"]["problem"]


def cost():
    from explorer.pages import dialogs
    from explorer.settings import Settings

    dialogs.SIDES = [2, 4]
    dialogs.show_cost(Settings(), lambda: None)


def dialog():
    page = shown("cost", AppTest.from_function(cost, default_timeout=60).run())
    shown("measure", page.button(key="cost_measure").click().run())
    said["times"] = {way: sorted(times) for way, times in next(iter(page.session_state["cost_times"].values())).items()}
    said["captions"] = [one.value for one in page.caption]


def tour(folder, everywhere):
    visit("basic", basic)
    visit("round trip", round_trip)
    visit("pages", pages)
    visit("dialog", dialog)
    if everywhere:
        visit("documents", documents)
        visit("course", course)
        visit("files", lambda: files(folder))
        visit("widget", lambda: explorer.show("?preset=shape-round-trip"))


def main_of_tour(root, *kinds):
    assert "torch" not in sys.modules
    for kind in kinds:
        child = os.fork()
        if not child:
            sys.path.insert(0, f"{root}/{kind}")
            tour(root, everywhere=kind == kinds[0])
            print(json.dumps({"kind": kind, "raised": raised, "said": said}), flush=True)
            os._exit(0)
        os.waitpid(child, 0)


if __name__ == "__main__":
    main_of_tour(*sys.argv[1:])
