"""Two dialogs over the page: what the settings cost, and the settings as a program. They only place things."""

from collections.abc import Callable, Sequence

import streamlit as st

from explorer.code_text import FILE_NAMES, KINDS, program
from explorer.cost import NUMBER, WAYS, Cost, costs, growth
from explorer.figures.growth import growth_figure
from explorer.figures.palette import LIGHT, PALETTES, Palette
from explorer.layer import Layer
from explorer.pages.speaking import open_dialog
from explorer.settings import Settings
from explorer.text import Listed, say
from explorer.timing import LARGEST, LONGEST, METHOD_OF, fails, measured

SIDES = [2**n for n in range(1, 9)]
COUNTS = ("multiply_adds", "on_zeros", "cropped", "numbers")
CODE_HEIGHT = 400
TIMED = METHOD_OF | {"torch": "torch"}
Times = dict[str, dict[int, float | None]]


def show_cost(settings: Settings, on_dismiss: Callable[[], None]) -> None:
    """Open the dialog of what each way costs; ``on_dismiss`` is called when the visitor closes it."""
    open_dialog(say("cost.title"), on_dismiss, _cost, settings)


def show_code(settings: Settings, address: str, on_dismiss: Callable[[], None]) -> None:
    """Open the dialog of the settings as programs; ``address`` is the page's, which they quote."""
    open_dialog(say("code.title"), on_dismiss, _code, settings, address)


def _cost(settings: Settings) -> None:
    from pandas import DataFrame  # half a second, and this dialog alone needs it

    layer, kept = settings.layer, st.session_state.setdefault("cost_times", {})
    found = costs(layer, settings.size, settings.crop)
    words, picture = st.columns(2, gap="medium")
    words.markdown(_answer(layer, found))
    # Streamlit sets a column to the right, number under number, only where it is one of numbers, not of texts.
    words.table(DataFrame(_columns(found)).style.format(thousands=","), hide_index=True, border="horizontal")
    words.caption(say("cost.counted", bytes=NUMBER))
    picture.markdown(say("cost.grows"))
    pressed = picture.button(say("cost.measure"), key="cost_measure")
    bar, place = picture.empty(), picture.empty()
    _figure(place, settings, kept.get(layer))
    if pressed:
        kept[layer] = _measure(layer, bar)
        _figure(place, settings, kept[layer])
    if layer in kept:
        picture.caption(say("cost.measured", seconds=f"{LONGEST:g}", megabytes=LARGEST // 10**6))
        broken = [say(f"methods.{method}") for way, method in TIMED.items() if way not in kept[layer]]
        if broken:
            picture.caption(say("cost.not_measured", methods=Listed(broken), reason=say("agreement.no_torch")))


def _answer(layer: Layer, found: dict[str, Cost]) -> str:
    """The notebook's second exercise, answered with these settings' own numbers."""
    dense, zeros = found["matrix"].multiply_adds, found["matrix"].on_zeros
    a, b, c, d = layer.weight_shape
    filled = {"dense": f"{dense:,}", "weights": f"{a * b * c * d:,}"}
    if not zeros:
        return say("cost.answer_full", **filled)
    percent = min(max(round(100 * zeros / dense, 1), 0.1), 99.9)  # neither none nor all of them
    entries = f"{found['sparse'].multiply_adds:,}"
    return say("cost.answer", zeros=f"{zeros:,}", percent=f"{percent:g}", entries=entries, **filled)


def _columns(found: dict[str, Cost]) -> dict[str, list[str] | list[int]]:
    """The table's columns under their headings."""
    columns: dict[str, list[str] | list[int]] = {say("cost.columns.way"): [say(f"cost.ways.{way}") for way in WAYS]}
    for name in COUNTS:
        columns[say(f"cost.columns.{name}")] = [getattr(found[way], name) for way in WAYS]
    return columns


def _figure(place: st.delta_generator.DeltaGenerator, settings: Settings, times: Times | None) -> None:
    figure = growth_figure(growth(settings.layer, SIDES, settings.crop), times, palette())
    place.plotly_chart(figure, theme=None, config={"displayModeBar": False}, alt=say("cost.figure"))


def palette() -> Palette:
    """The colours of the visitor's theme; before the browser has told it, the light one's."""
    return PALETTES.get(str(st.context.theme.type), LIGHT)


def _measure(layer: Layer, bar: st.delta_generator.DeltaGenerator) -> Times:
    """Seconds of each method that works at each side, by way, with a bar that names what is being measured."""
    sides, times = list(growth(layer, SIDES)), Times()
    working = [way for way, method in TIMED.items() if not fails(method)]
    jobs = [(side, way) for side in sides for way in working]
    for done, (side, way) in enumerate(jobs):
        text = say("cost.measuring", size=side, method=say(f"methods.{TIMED[way]}"))
        bar.progress(done / len(jobs), text=text)
        times.setdefault(way, {})[side] = measured(layer, side, TIMED[way])
    bar.empty()
    return times


def choice(label: str, kinds: Sequence[str], key: str, titles: str) -> str:
    """One of some kinds, the first at first; ``titles`` is the key of their titles in the text table."""
    return st.segmented_control(
        label,
        kinds,
        default=kinds[0],
        key=key,
        format_func=lambda kind: say(f"{titles}.{kind}"),
        label_visibility="collapsed",
        required=True,
    )


def _code(settings: Settings, address: str) -> None:
    kind = choice(say("code.label"), KINDS, "code_kind", "code.kinds")
    source = program(settings, kind, address)
    name = FILE_NAMES[kind]
    st.code(source, language="python", height=CODE_HEIGHT)
    st.download_button(
        say("code.download", name=name),
        lambda: source,  # made at the click: a file made now is looked for now, and gone with the dialog
        name,
        mime="text/x-python",
        key="code_download",
        on_click="ignore",
    )
