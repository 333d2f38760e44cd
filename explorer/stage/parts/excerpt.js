// An excerpt: the readable part of a large matrix and of the vectors beside it. It follows what is traced.

import { between, times } from "../geometry.js";
import { filled } from "../language.js";

/** The excerpt's first row and column within the matrix. */
export const START = { row: 0, column: 0 };

/** A kind of grid for the part of `source`, a grid of kind `kind`, that `start()` says: {row, column}. */
export function excerptKind(kind, source, start) {
  const indexAt = (row, column) => (start().row + row) * source.columns + start().column + column;
  const part = (names, from, count) => names.slice(from, from + count);
  return {
    ...kind,
    isExcerpt: true,
    source,
    start,
    rowNames: (links, { rows }) => part(kind.rowNames(links, source), start().row, rows),
    columnNames: (links, { columns }) => part(kind.columnNames(links, source), start().column, columns),
    nameAt: (scene, row, column) => kind.nameAt(scene, start().row + row, start().column + column),
    values: (_, { rows, columns }) =>
      times(rows * columns, (n) => source.values[indexAt(Math.floor(n / columns), n % columns)]),
    filledCells(scene, { rows, columns }) {
      const isFilled = new Set(kind.filledCells(scene));
      return times(rows * columns, (n) => n)
        .filter((n) => isFilled.has(indexAt(Math.floor(n / columns), n % columns)));
    },
    /** A cell or block of `source` as one of the excerpt's, cut to it; null outside. */
    within({ rows, columns }, { row, column, height, width }) {
      const top = between(0, row - start().row, rows), left = between(0, column - start().column, columns);
      const bottom = between(0, row + height - start().row, rows);
      const right = between(0, column + width - start().column, columns);
      if (bottom <= top || right <= left) return null;
      return { row: top, column: left, height: bottom - top, width: right - left };
    },
  };
}

/** Where an excerpt starts that shows as much as it can of these marks {row, column} of the matrix; it moves little. */
export function startFor({ row, column }, { rows, columns }, whole, places) {
  return {
    row: startAlong(row, rows, whole.rows, places.map((place) => place.row)),
    column: startAlong(column, columns, whole.columns, places.map((place) => place.column)),
  };
}

function startAlong(start, count, whole, places) {
  const first = Math.min(...places), last = Math.max(...places);
  if (first >= start && last < start + count) return start;
  const middle = Math.floor((first + Math.min(last, first + count - 1) + 1 - count) / 2);
  return between(0, middle, whole - count);
}

/** What an excerpt leaves out: "rows 12–20 of 64, columns 40–60 of 1600". */
export function excerptText({ stage }, { row, column }, { rows, columns }, whole) {
  const last = { last_row: row + rows - 1, last_column: column + columns - 1 };
  return filled(stage.excerpt, { row, column, ...last, rows: whole.rows, columns: whole.columns });
}
