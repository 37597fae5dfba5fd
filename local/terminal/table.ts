/** A table as lines: headings, a rule and the rows, with columns two spaces apart. */
export function tableLines(
  columns: readonly string[],
  rows: readonly (readonly string[])[],
): string[] {
  const widths = widthsOf([columns, ...rows]);
  const rule = widths.map((width) => '─'.repeat(width));
  return textRows([columns, rule, ...rows]);
}

/** Rows of text as lines, with columns two spaces apart. */
export function textRows(rows: readonly (readonly string[])[]): string[] {
  const widths = widthsOf(rows);
  return rows.map((row) =>
    widths
      .map((width, at) => (row[at] ?? '').padEnd(width))
      .join('  ')
      .trimEnd(),
  );
}

/** The width of each column. Rows may be more than a call takes arguments. */
function widthsOf(rows: readonly (readonly string[])[]): number[] {
  const widths: number[] = [];
  for (const row of rows) {
    for (const [index, { length }] of row.entries()) {
      widths[index] = Math.max(widths[index] ?? 0, length);
    }
  }
  return widths;
}

/** A line, indented by two spaces. */
export const indented = (line: string): string => `  ${line}`;
