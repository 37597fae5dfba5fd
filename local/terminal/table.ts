/** A table as lines: headings, a rule and the rows, with columns two spaces apart. */
export function tableLines(
  columns: readonly string[],
  rows: readonly (readonly string[])[],
): string[] {
  const widths = columns.map((column, index) =>
    Math.max(column.length, ...rows.map((row) => row[index]?.length ?? 0)),
  );
  const rule = widths.map((width) => '─'.repeat(width));
  return textRows([columns, rule, ...rows]);
}

/** Rows of text as lines, with columns two spaces apart. */
export function textRows(rows: readonly (readonly string[])[]): string[] {
  const count = Math.max(0, ...rows.map(({ length }) => length));
  const widths = Array.from({ length: count }, (_, index) =>
    Math.max(...rows.map((row) => row[index]?.length ?? 0)),
  );
  return rows.map((row) =>
    widths
      .map((width, at) => (row[at] ?? '').padEnd(width))
      .join('  ')
      .trimEnd(),
  );
}

/** A line, indented by two spaces. */
export const indented = (line: string): string => `  ${line}`;
