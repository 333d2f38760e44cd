"""A training in chunks: the browser asks for the next steps until it is done or stopped, and nothing runs between."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from explorer.failing import reason
from explorer.layer import Layer, LayerError
from explorer.text import say
from explorer.upsampling.page.encoding import png_address
from explorer.upsampling.page.gallery import Picture
from explorer.upsampling.page.grids import kernel_grid
from explorer.upsampling.page.state import UpsamplePage
from explorer.upsampling.training import Step, start_kernel, train

STEPS = 300
CHUNK = 10
"""Steps of one answer, well below a tenth of a second."""
SECONDS = 30.0
DECIMALS = 5


@dataclass
class Training:
    """One training: what it is of, as a hashable ``key``, and the ``step`` that it has come to.

    It has no thread: steps are made when `more` is called.
    """

    key: object
    layer: Layer
    steps: Iterator[Step]
    losses: list[float] = field(default_factory=list)
    step: Step | None = None
    is_done: bool = False

    def more(self, count: int = CHUNK) -> list[float]:
        """Make at most ``count`` steps more, the first time the start besides; their losses."""
        first = len(self.losses)
        wanted = count + (0 if self.step else 1)
        for _ in range(wanted):
            step = next(self.steps, None)
            if step is None:
                self.is_done = True
                break
            self.step = step
            self.losses.append(step.loss)
        if self.step and self.step.number >= STEPS:
            self.is_done = True
        return self.losses[first:]


def key_of(page: UpsamplePage, picture: Picture, run: object) -> object:
    """What a training is of: another key begins another one."""
    layer = page.layer
    return (run, page.start, page.seed, layer.kernel_size, layer.stride, page.down, picture.name)


def begin(page: UpsamplePage, picture: Picture, run: object) -> Training:
    """A training at its start, the same for the same page. Raises `LayerError` where there is no such start."""
    layer = Layer(kernel_size=page.layer.kernel_size, stride=page.layer.stride)
    kernel = start_kernel(page.start, layer, page.seed)
    steps = train(picture.cells, kernel, layer.stride, down=page.down, steps=STEPS, seconds=SECONDS)  # type: ignore[arg-type]
    return Training(key_of(page, picture, run), layer, steps)


def advance(kept: object, page: UpsamplePage, picture: Picture, run: object) -> tuple[Training | None, dict[str, Any]]:
    """The training with its next steps, and what the panel shows of them. One that is not kept begins anew."""
    is_kept = isinstance(kept, Training) and kept.key == key_of(page, picture, run)
    try:
        training = kept if is_kept and isinstance(kept, Training) else begin(page, picture, run)
        first = len(training.losses)
        losses = training.more()
    except LayerError as error:
        return None, {"run": run, "problem": str(error), "isDone": True}
    except Exception as error:  # torch is missing, or whatever a broken one raises
        said = say("upsample_page.training.failed", reason=reason(error), mend=say("agreement.no_torch"))
        return None, {"run": run, "problem": said, "isDone": True}
    return training, training_data(training, first, losses, run)


def training_data(training: Training, first: int, losses: list[float], run: object) -> dict[str, Any]:
    """What the panel shows: the losses from step ``first`` on, and the picture and the kernel as they are now."""
    step = training.step
    if step is None:
        return {"run": run, "problem": "", "isDone": True}
    kernel = step.kernel
    values = {"number": step.number, "steps": STEPS, "loss": f"{step.loss:.3g}"}
    spread = "–" if step.spread is None else f"{100 * step.spread:.3g} %"
    peak = {"label": say("upsample_page.training.peak"), "value": f"{step.checkerboard:.2f}‰"}
    return {
        "run": run,
        "problem": "",
        "isDone": training.is_done,
        "first": first,
        "losses": losses,
        "number": step.number,
        "of": STEPS,
        "image": png_address(step.picture),
        "kernel": kernel_grid(kernel, training.layer, say("upsample_page.grids.trained")),
        "text": say("upsampling.training.step", **values),
        "facts": [peak, {"label": say("upsample_page.training.spread"), "value": spread}],
        "use": {"kernel": "own", "k": _written(kernel)},
    }


def _written(kernel: Any) -> str:
    return ";".join(",".join(f"{value:.{DECIMALS}f}" for value in row) for row in kernel)
