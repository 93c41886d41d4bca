/** @file Tables as CSV, as RFC 4180 wants them. Pure; knows no picture. */

/** A text as a cell. */
export function quoted(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}

/** Rows of cells that are ready. */
export function csvOf(rows: readonly (readonly (string | number)[])[]): string {
  return rows.map((row) => `${row.join(',')}\r\n`).join('');
}
