"""Fitting a kernel: Adam against torch's own, gradients by hand, and that others are not held up."""

from itertools import islice, pairwise

import numpy as np
import pytest
import torch

from explorer import Layer, LayerError
from explorer.upsampling import training
from explorer.upsampling.comparing import compare, smaller
from explorer.upsampling.measures import checkerboard
from explorer.upsampling.phases import phase_sums, spread
from explorer.upsampling.pictures import picture
from explorer.upsampling.training import MOST_SECONDS, MOST_STEPS, STARTS, Adam, start_kernel, train
from explorer.upsampling.ways import upsampling_layer

SMALL = smaller(picture("scene"), (2, 2))
LAYER = Layer(kernel_size=4, stride=2)


@pytest.mark.parametrize(("kernel_size", "stride"), [((4, 4), (2, 2)), ((3, 3), (2, 2)), ((5, 6), (3, 2))])
def test_every_step_is_that_of_torch_s_adam(kernel_size, stride):
    x = np.random.default_rng(0).random((3, 24, 30))
    start = np.random.default_rng(1).random(kernel_size)
    layer = upsampling_layer(kernel_size, stride)
    weight = torch.tensor(start[None, None], dtype=torch.float32, requires_grad=True)
    adam = torch.optim.Adam([weight], lr=0.05)
    small = torch.tensor(smaller(x, stride)[:, None], dtype=torch.float32)
    wanted = torch.tensor(x[:, None], dtype=torch.float32)
    more = {"padding": layer.padding, "output_padding": layer.output_padding}
    for step in train(x, start, stride, steps=40, rate=0.05):
        made = torch.nn.functional.conv_transpose2d(small, weight, stride=stride, **more)
        loss = ((made - wanted) ** 2).mean()
        assert step.loss == pytest.approx(float(loss.detach()), rel=1e-4)
        assert np.abs(step.kernel - weight.detach().numpy()[0, 0]).max() < 1e-4
        assert np.abs(step.picture - made.detach().numpy()[:, 0]).max() < 1e-3
        assert step.spread == pytest.approx(spread(phase_sums(step.kernel[None, None], layer)))
        assert step.checkerboard == pytest.approx(checkerboard(step.picture, stride))
        adam.zero_grad()
        loss.backward()
        adam.step()


def test_the_step_is_adam_s_in_double_precision():
    rng = np.random.default_rng(2)
    weight = torch.tensor(rng.standard_normal(5), requires_grad=True)
    reference, adam, own = torch.optim.Adam([weight], lr=0.1), Adam(0.1), weight.detach().numpy().copy()
    for _ in range(50):
        gradient = rng.standard_normal(5)
        weight.grad = torch.tensor(gradient)
        reference.step()
        own -= adam.step(gradient)
        assert np.abs(own - weight.detach().numpy()).max() < 1e-12


@pytest.mark.parametrize("start", STARTS)
def test_the_loss_falls_and_the_start_decides_the_checkerboard(start):
    steps = list(train(SMALL, start_kernel(start, LAYER, 1), (2, 2), steps=150))
    assert [step.number for step in steps] == list(range(151))
    losses = [step.loss for step in steps]
    assert losses[-1] < losses[0] / 2
    assert sum(later < earlier for earlier, later in pairwise(losses)) > 120
    if start == "icnr":
        assert steps[0].spread == pytest.approx(0, abs=1e-6)
        assert steps[0].checkerboard < 1
    else:
        assert steps[0].spread > 0.1
        assert steps[0].checkerboard > 5
    assert steps[-1].checkerboard < 1  # both end without: the picture has none
    own = compare(SMALL, steps[-1].kernel, (2, 2), keep_brightness=False).ways["transposed"]
    assert np.abs(own.picture - steps[-1].picture).max() < 1e-5
    assert np.mean(own.difference**2) == pytest.approx(steps[-1].loss, rel=1e-3)


def test_it_ends_at_the_least_squares_kernel():
    """Where the gradient is zero no kernel of this size is better: solved directly, cell by cell of the kernel."""
    found = list(train(SMALL, start_kernel("icnr", LAYER, 1), (2, 2), steps=600))[-1]
    columns = []
    for cell in np.ndindex(4, 4):
        unit = np.zeros((4, 4))
        unit[cell] = 1
        columns.append(
            compare(SMALL, unit, (2, 2), keep_brightness=False, ways=("transposed",)).ways["transposed"].picture
        )
    stamped = np.array(columns).reshape(16, -1).T
    best, *_ = np.linalg.lstsq(stamped, SMALL.ravel())
    smallest = np.mean((stamped @ best - SMALL.ravel()) ** 2)
    assert found.loss == pytest.approx(smallest, rel=0.01)


def test_the_same_start_gives_the_same_steps_and_seeds_differ():
    kernel = start_kernel("random", LAYER, 3)
    first, second = ([step.kernel for step in train(SMALL, kernel, (2, 2), steps=5)] for _ in range(2))
    assert (np.array(first) == np.array(second)).all()
    assert (kernel != start_kernel("random", LAYER, 4)).any()
    assert (first[0] != first[1]).all()  # a step's arrays are its own
    assert np.abs(first[0] - kernel).max() < 1e-6


def test_it_can_be_stopped_and_is_bounded(monkeypatch):
    running = train(SMALL, start_kernel("icnr", LAYER, 0), (2, 2), steps=MOST_STEPS)
    assert [step.number for step in islice(running, 3)] == [0, 1, 2]
    running.close()
    assert list(running) == []
    short = list(train(SMALL, np.ones((4, 4)), (2, 2), steps=MOST_STEPS, seconds=0.2))
    assert 1 <= len(short) < MOST_STEPS
    diverging = list(train(SMALL, np.full((4, 4), 1e30), (2, 2), steps=50))
    assert len(diverging) == 1


@pytest.mark.parametrize(
    "bounds", [{"steps": MOST_STEPS + 1}, {"steps": -1}, {"seconds": MOST_SECONDS + 1}, {"seconds": 0}]
)
def test_bounds_are_refused_at_once(bounds):
    with pytest.raises(ValueError, match="at most"):
        train(SMALL, np.ones((4, 4)), (2, 2), **bounds)


def test_what_no_layer_can_do_is_refused_at_once():
    with pytest.raises(LayerError):
        train(SMALL, np.ones((2, 2)), (1, 1))


def test_one_thread_computes():
    next(train(SMALL, np.ones((4, 4)), (2, 2)))
    assert torch.get_num_threads() == 1
    assert training.PAUSE > 0
