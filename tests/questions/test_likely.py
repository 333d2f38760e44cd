"""Which mistake is named first."""

from explorer.mistakes import MISTAKES, SIZES
from explorer.questions.checkerboard import BELIEFS
from explorer.questions.likely import LIKELIEST, likeliest
from explorer.questions.reaching import AXES


def test_every_mistake_has_its_place():
    own = {"term_forgotten", "everything", "row_for_column", "backwards"}
    known = {*MISTAKES, *SIZES, *AXES, *BELIEFS, *own} - {"right"}
    assert set(LIKELIEST) == known
    assert len(LIKELIEST) == len(known)


def test_the_likeliest_comes_first():
    assert likeliest(["pseudo_inverse", "one_side", "no_flip"]) == ("no_flip", "one_side", "pseudo_inverse")
    assert likeliest([]) == ()
