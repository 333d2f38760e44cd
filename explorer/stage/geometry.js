// Sizes that several modules share, in CSS pixels.

/** The smallest cell that has a number in it. */
export const READABLE = 22;

/** `value`, kept between two bounds. */
export const between = (low, value, high) => Math.max(low, Math.min(value, high));

/** px across a block of the matrix in small, where so many stand beside each other; W's are wider than Wᵀ's. */
export const overviewBlock = (across, isUpright) => Math.floor(between(12, (isUpright ? 140 : 110) / across, 60));

/** px down such a block at most. */
export const overviewHeight = (down) => Math.floor(between(12, 120 / down, 90));

/**
 * Where a note of this size stands beside a box, within so much width, [left, top]: below it, else at its right, its
 * left or above it; the first place where it covers none of the boxes, else below. Boxes: {left, top, right, bottom}.
 */
export function placeBeside(near, at, { width, height }, room, boxes, gap) {
  const left = between(0, at, Math.max(room - width, 0));
  const places = [
    [left, near.bottom + gap],
    [near.right + gap, near.top],
    [near.left - gap - width, near.top],
    [left, near.top - gap - height],
  ];
  const isFree = ([x, y]) => {
    const isAside = (one) => x >= one.right || x + width <= one.left;
    const isApart = (one) => isAside(one) || y >= one.bottom || y + height <= one.top;
    return x >= 0 && y >= 0 && x + width <= Math.max(room, width) && boxes.every(isApart);
  };
  return places.find(isFree) ?? places[0];
}

/** 0, 1, …, count − 1, each through `make`. */
export const times = (count, make) => Array.from({ length: count }, (_, index) => make(index));
