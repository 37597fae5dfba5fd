import type { Choices } from '../choices.ts';
import type { LineEnding } from './document.ts';

/** Which line breaks are checked. choice: line-ending-check. */
type LineEndingScope = Choices['line-ending-check'];

const QUOTED = /"[^"]*"/g;

/** Whether the line breaks of a file are those of its job. */
export function hasLineEnding(
  text: string,
  lineEnding: LineEnding,
  scope: LineEndingScope,
): boolean {
  if (scope === 'no-breaks-in-values') {
    for (const [value] of text.matchAll(QUOTED)) if (/[\r\n]/.test(value)) return false;
  }
  const checked = scope === 'rows-only' ? text.replace(QUOTED, '') : text;
  return lineEnding === 'LF' ? !checked.includes('\r\n') : !/(^|[^\r])\n/.test(checked);
}
