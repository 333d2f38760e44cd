"""What the lessons say in words, held against torch. Each test is named after the sentence that it holds."""

import numpy as np
import pytest
import torch
import torch.nn.functional as F

from explorer.lessons import LESSONS
from explorer.mistakes import wrong_output
from explorer.notebook import computed
from explorer.presets import PRESETS
from explorer.session.page import page_at
from tests.lessons.test_values import Torch


def at(lesson, part):
    """The page of a part by torch."""
    return Torch(LESSONS[lesson].parts[part - 1].page)


def output(scene, **change):
    return scene.transposed(scene.x, **change)[0].numpy()


def test_cells_named_by_a_lesson_are_the_notebooks():
    numbered = {preset.cell.number for preset in PRESETS.values() if preset.cell}
    definitions = {7}  # the loop: a cell without a number in its output
    assert {cell for lesson in LESSONS.values() for cell in lesson.cells} <= numbered | definitions
    assert numbered | definitions == {cell for lesson in LESSONS.values() for cell in lesson.cells}
    for name, preset in PRESETS.items():
        assert not preset.cell or computed(name)[1]


def test_the_windows_of_the_convolution_are_the_cells_that_the_stamp_reaches():
    scene = at("the-convolution-you-know", 3)
    scene.k = torch.ones_like(scene.k)
    for row in np.eye(scene.x.numel()):
        one = torch.tensor(row).reshape(scene.x.shape)
        reached = scene.transposed(one)[0, 0] != 0
        read = torch.autograd.functional.jacobian(scene.convolved, scene.v)[one != 0][0, 0, 0] != 0
        assert torch.equal(reached, read)


def test_one_dimension_less_of_stride_and_padding():
    """A stride above one needs a larger V for the same X."""
    scene = at("the-convolution-you-know", 2)
    heights = [scene.transposed(scene.x, stride=stride).shape[2] for stride in (1, 2, 3)]
    assert heights == sorted(set(heights))


def test_the_stamp_is_the_kernel_as_it_is_where_the_one_stands():
    scene = at("one-cell-broadcasts", 2)
    assert scene.x[0, 0, 1, 1] == scene.x.sum()
    assert (output(scene)[0, 1:3, 1:3] == scene.k[0, 0].numpy()).all()
    assert output(scene).sum() == scene.k.sum()


def test_a_corner_has_one_product_and_an_edge_has_two():
    counted = at("overlaps-add", 1).overlap()
    assert counted.tolist() == [[1, 2, 1], [2, 4, 2], [1, 2, 1]]


def test_one_cell_alone_never_shows_that_overlaps_were_replaced():
    page = page_at("?x=3&k=1,2;3,4").page
    found = wrong_output("overlap_not_added", page.settings)
    assert found is None or np.array_equal(found, output(Torch("?x=3&k=1,2;3,4")))
    scene = at("overlaps-add", 4)
    replaced = wrong_output("overlap_not_added", page_at(LESSONS["overlaps-add"].parts[3].page).page.settings)
    assert replaced[0, 2, 2] == scene.x[0, 0, 2, 2] * scene.k[0, 0, 0, 0]


def test_stamps_overlap_touch_or_leave_gaps():
    scene = at("stride-spaces-stamps", 3)
    ones = torch.ones(1, 1, 2, 2).double()
    for stride, least, most in ((1, 1, 4), (2, 1, 4), (3, 1, 1), (4, 0, 1)):
        counted = F.conv_transpose2d(ones, torch.ones_like(scene.k), stride=stride)
        assert (counted.min(), counted.max()) == (least, most)


def test_each_step_of_stride_moves_the_last_row_by_one_cell():
    scene = at("stride-spaces-stamps", 2)
    heights = [scene.transposed(scene.x, stride=stride).shape[2] for stride in (1, 2, 3, 4)]
    assert np.diff(heights).tolist() == [1, 1, 1]


def test_only_one_stamp_reaches_the_cell_with_the_stride_and_more_without():
    scene = at("stride-spaces-stamps", 4)
    assert scene.overlap()[1, 1] == 1
    assert Torch("?preset=stride-2&stride=1").overlap()[1, 1] == 4
    shape = wrong_output("stride_forgotten", page_at("?preset=stride-2").page.settings).shape
    assert shape < output(scene).shape


def test_the_cut_changes_no_sum():
    scene = at("padding-crops", 2)
    assert (output(scene) == output(scene, padding=0)[:, 1:-1, 1:-1]).all()


def test_cut_at_one_end_every_number_is_away_from_its_place():
    page = page_at(LESSONS["padding-crops"].parts[4].page).page
    wrong, scene = wrong_output("one_side", page.settings), at("padding-crops", 5)
    assert wrong.shape == output(scene).shape
    assert (wrong == output(scene, padding=0)[:, :-2, :-2]).all()
    assert wrong[0, 1, 1] == output(scene, padding=0)[0, 1, 1]


def test_torch_refuses_a_padding_that_leaves_nothing():
    scene = at("padding-crops", 3)
    with pytest.raises(RuntimeError):
        output(scene, padding=2)


def test_output_padding_moves_the_bottom_and_right_edge_only():
    scene = at("output-padding-uncovers", 1)
    more, less = output(scene, output_padding=1), output(scene, output_padding=0)
    assert (more[:, :-1, :-1] == less).all()
    assert (more == output(scene, padding=0, output_padding=0)[:, 1:, 1:]).all()


def test_beyond_what_padding_cropped_there_are_zeros():
    scene = at("output-padding-uncovers", 2)
    found = output(scene)
    assert not found[:, -1].any()
    assert not found[:, :, -1].any()
    assert output(scene, padding=1).all()


def test_output_padding_is_a_choice_between_the_sizes_that_collapse():
    scene = at("output-padding-uncovers", 3)
    heights = [output(scene, output_padding=o).shape[1] for o in (0, 1)]
    taken = [F.conv2d(torch.zeros(1, 1, n, n).double(), scene.k, stride=2, padding=1).shape[2] for n in heights]
    assert taken == [scene.x.shape[2]] * 2
    one_more = F.conv2d(torch.zeros(1, 1, 7, 7).double(), scene.k, stride=2, padding=1).shape[2]
    assert one_more > scene.x.shape[2]


@pytest.mark.parametrize("stride", [1, 2, 3, 4])
def test_as_many_sizes_become_one_as_the_stride(stride):
    sizes = [F.conv2d(torch.zeros(1, 1, n, n), torch.zeros(1, 1, 3, 3), stride=stride).shape[2] for n in range(3, 40)]
    assert sizes.count(4) == stride


@pytest.mark.parametrize(("stride", "dilation"), [(1, 1), (2, 1), (1, 3), (3, 2)])
def test_output_padding_must_be_below_the_larger_of_stride_and_dilation(stride, dilation):
    x, k = torch.zeros(1, 1, 3, 3), torch.zeros(1, 1, 2, 2)
    F.conv_transpose2d(x, k, stride=stride, dilation=dilation, output_padding=max(stride, dilation) - 1)
    with pytest.raises(RuntimeError):
        F.conv_transpose2d(x, k, stride=stride, dilation=dilation, output_padding=max(stride, dilation))


def test_appended_zeros_have_the_right_size_and_show_only_where_padding_cropped():
    page = page_at(LESSONS["output-padding-uncovers"].parts[4].page).page
    wrong, right = wrong_output("zeros_appended", page.settings), output(Torch("?preset=output-padding-uncovers"))
    assert wrong.shape == right.shape
    assert not wrong[:, -1].any()
    assert not wrong[:, :, -1].any()
    without = page_at("?preset=output-padding-zeros").page.settings
    found = wrong_output("zeros_appended", without)
    assert found is None or np.array_equal(found, output(Torch("?preset=output-padding-zeros")))


def test_output_padding_at_the_top_and_left_too_shifts_the_picture():
    scene = at("output-padding-uncovers", 5)
    wrong = wrong_output("output_padding_both", page_at("?preset=output-padding-uncovers").page.settings)
    assert (wrong[:, 1:, 1:] == output(scene)).all()


def test_gathering_is_the_convolution_of_the_zero_inserted_input_with_the_flipped_kernel():
    for part in range(1, 5):
        scene = at("the-same-by-gathering", part)
        stride, border = scene.layer.stride[0], scene.layer.border[0]
        side = stride * (scene.x.shape[2] - 1) + 1
        spread = torch.zeros(1, 1, side, side).double()
        spread[..., ::stride, ::stride] = scene.x
        gathered = F.conv2d(F.pad(spread, (border,) * 4), scene.k.flip(2, 3))
        assert torch.equal(gathered, scene.transposed(scene.x))


def test_a_kernel_that_is_the_same_after_half_a_turn_hides_a_forgotten_flip():
    page = page_at("?preset=overlap").page
    found = wrong_output("no_flip", page.settings)
    assert found is None or np.array_equal(found, output(Torch("?preset=overlap")))
    basic = page_at(LESSONS["the-same-by-gathering"].parts[4].page).page
    assert (wrong_output("no_flip", basic.settings) == Torch("?preset=basic").grid("unflipped")).all()


def test_padding_makes_the_border_thinner_and_then_cuts_x():
    scene = at("the-same-by-gathering", 4)
    assert torch.equal(scene.transposed(scene.x, padding=2), F.conv2d(scene.x, scene.k.flip(2, 3)))
    cut = F.conv2d(scene.x[..., 1:-1, 1:-1], scene.k.flip(2, 3))
    assert torch.equal(scene.transposed(scene.x, padding=3), cut)


def test_w_times_vec_v_is_the_convolution_and_its_transpose_the_transposed_one():
    scene = at("the-same-by-a-matrix", 2)
    matrix = scene.matrix()
    assert (matrix @ scene.v.ravel().numpy() == scene.convolved(scene.v).ravel().numpy()).all()
    assert (matrix.T @ scene.x.ravel().numpy() == output(scene).ravel()).all()


def test_for_larger_grids_nearly_all_of_w_is_zeros():
    share = [1 - 4 / (n + 1) ** 2 for n in (2, 8, 32)]  # 4 entries in each row of (n + 1)² columns
    assert share == sorted(share)
    assert share[-1] > 0.99


def test_z_is_not_v():
    scene = at("not-the-inverse", 1)
    assert output(scene).astype(int).tolist() == [[[27, 91, 74], [138, 400, 282], [171, 429, 268]]]
    assert (scene.v[0].numpy() == np.arange(9).reshape(1, 3, 3)).all()
    assert torch.equal(scene.convolved(scene.v), scene.x)


def test_the_pseudo_inverse_gives_the_smallest_grid_that_makes_x():
    scene = at("not-the-inverse", 3)
    found = wrong_output("pseudo_inverse", page_at("?preset=corr2d").page.settings)
    assert found.shape == output(scene).shape
    np.testing.assert_allclose(scene.convolved(torch.tensor(found)[None])[0], scene.x[0], rtol=1e-9)
    assert (found**2).sum() < (scene.v**2).sum()
    kernel = np.linalg.svd(scene.matrix())[2][4:]  # grids that the convolution takes to 0
    np.testing.assert_allclose(kernel @ found.ravel(), 0, atol=1e-9)


def test_sixteen_is_the_smallest_of_the_three_and_what_comes_back():
    scene = at("not-the-inverse", 4)
    assert output(scene, output_padding=0).shape[1:] == (16, 16)
    assert output(scene).shape[1:] == (17, 17)


def test_the_ordinary_convolution_has_the_same_array_with_its_output_channels_first():
    scene = at("channels-groups-layout", 2)
    torchs = torch.nn.ConvTranspose2d(2, 3, 2, bias=False).weight.shape
    back = torch.nn.Conv2d(3, 2, 2, bias=False).weight.shape  # the convolution whose transpose it is
    assert scene.k.shape == torchs == back


def test_a_swapped_layout_fits_where_the_channel_counts_are_equal():
    scene = at("channels-groups-layout", 3)
    swapped = scene.transposed(scene.x, scene.k.transpose(0, 1))[0].numpy()
    assert swapped.shape == output(scene).shape
    wrong = wrong_output("layout_swapped", page_at(LESSONS["channels-groups-layout"].parts[2].page).page.settings)
    assert (wrong == swapped).all()
    other = at("channels-groups-layout", 2)
    with pytest.raises(RuntimeError):
        other.transposed(other.x, other.k.transpose(0, 1))


def test_half_of_the_products_come_from_each_channel():
    scene = at("channels-groups-layout", 1)
    first = F.conv_transpose2d(scene.x[:, :1], scene.k[:1])[0, 0, 1, 1]
    assert first == 0 * 4 + 1 * 3 + 2 * 2 + 3 * 1
    assert output(scene)[0, 1, 1] - first == 40 + 30 + 20 + 10


def test_groups_do_not_meet():
    scene = at("channels-groups-layout", 4)
    changed = scene.x.clone()
    changed[:, 0] = 0
    assert torch.equal(scene.transposed(changed)[:, 1], scene.transposed(scene.x)[:, 1])


@pytest.mark.parametrize("part", [1, 2, 3, 4])
def test_the_gradient_is_the_ordinary_convolution(part):
    scene = at("backward", part)
    x = scene.x.clone().requires_grad_()
    scene.transposed(x).backward(scene.v)
    assert torch.equal(x.grad, scene.convolved(scene.v))


def test_and_the_gradient_of_a_convolution_is_the_transposed_one():
    scene = at("backward", 1)
    v = scene.v.clone().requires_grad_()
    scene.convolved(v).backward(scene.x)
    assert torch.equal(v.grad, scene.transposed(scene.x))


def test_torch_prints_one_name_for_both():
    x = torch.zeros(1, 1, 4, 4)
    layers = torch.nn.ConvTranspose2d(1, 1, 2), torch.nn.Conv2d(1, 1, 2)
    assert {layer(x).grad_fn.name() for layer in layers} == {"ConvolutionBackward0"}


def inside(scene):
    """Where every stamp that could reach a cell does: away from the border by the stamp's size."""
    margin = scene.k.shape[2] - 1
    whole = output(scene, padding=0)[0]
    return whole[margin:-margin, margin:-margin] if margin else whole


@pytest.mark.parametrize("part", [1, 2, 3, 4])
def test_the_inside_is_constant_exactly_when_all_phases_have_the_same_sum(part):
    scene = at("checkerboards", part)
    sums = set(scene.phase().ravel())
    assert (scene.x == 1).all()
    assert set(inside(scene).ravel()) == sums
    assert (len(sums) == 1) == (part == 3)


def test_bilinear_weights_have_phases_of_one_sum():
    scene = at("checkerboards", 5)
    assert set(scene.phase().ravel()) == {1.0}
    found = output(scene)[0]
    assert np.ptp(np.diff(found[3, 2:-2])) == 0  # a straight line


def test_no_two_stamps_overlap_though_there_is_a_checkerboard():
    assert at("checkerboards", 4).overlap().max() == 1


def test_a_smaller_border_is_no_checkerboard():
    scene = at("checkerboards", 3)
    assert output(scene)[0, 0].max() < inside(scene).min()
