// Sizes that several modules share, in CSS pixels.

/** The smallest cell that has a number in it. */
export const READABLE = 22;

/** `value`, kept between two bounds. */
export const between = (low, value, high) => Math.max(low, Math.min(value, high));

/** px across a block of the matrix in small, where so many stand beside each other; W's are wider than Wᵀ's. */
export const overviewBlock = (across, isUpright) => Math.floor(between(12, (isUpright ? 140 : 110) / across, 60));

/** px down such a block at most. */
export const overviewHeight = (down) => Math.floor(between(12, 120 / down, 90));

/** 0, 1, …, count − 1, each through `make`. */
export const times = (count, make) => Array.from({ length: count }, (_, index) => make(index));
