/** A heading of a document, with the anchor that GitHub gives it. */
export interface Heading {
  /** 1 for `#`, 2 for `##`, … */
  readonly level: number;
  readonly anchor: string;
}

/** The text of a document without fenced code blocks, and unless kept without inline code. */
export function proseOf(text: string, { keepsCode = false } = {}): string {
  const unfenced = text.replace(/^( *)```[\s\S]*?^\1```$/gm, '');
  return keepsCode ? unfenced : unfenced.replace(/`[^`\n]+`/g, '');
}

/** The targets of a document's links, as written. */
export const linksOf = (text: string): string[] =>
  [...proseOf(text, { keepsCode: true }).matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = '']) => link);

const cellsOf = (row: string): number => row.split(/(?<!\\)\|/).length;

/** The rows of a document's tables that have more or fewer cells than their header. */
export function unevenRowsOf(text: string): string[] {
  const tables = proseOf(text, { keepsCode: true }).matchAll(/(?:^\|.*\n?)+/gm);
  return [...tables].flatMap(([table]) => {
    const [header = '', ...rows] = table.trimEnd().split('\n');
    return rows.filter((row) => cellsOf(row) !== cellsOf(header));
  });
}

const anchorOf = (title: string): string =>
  title
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\-_ ]/gu, '')
    .replaceAll(' ', '-');

/** The headings of a document; of equal ones, GitHub numbers all but the first. */
export function headingsOf(text: string): Heading[] {
  const seen = new Map<string, number>();
  return [...proseOf(text, { keepsCode: true }).matchAll(/^(#+) (.+)$/gm)].map(
    ([, marks = '', title = '']) => {
      const anchor = anchorOf(title);
      const count = seen.get(anchor) ?? 0;
      seen.set(anchor, count + 1);
      return { level: marks.length, anchor: count === 0 ? anchor : `${anchor}-${count}` };
    },
  );
}
