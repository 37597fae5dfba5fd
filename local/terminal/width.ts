import { stripVTControlCharacters } from 'node:util';

/** Characters that take no column, and those that take two. */
const zero = /[\p{Mn}\p{Me}\p{Cf}]/u;
const double =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|[\u{20000}-\u{3fffd}]|\p{Emoji_Presentation}/u;

function widthOf(character: string): number {
  if (zero.test(character)) return 0;
  return double.test(character) ? 2 : 1;
}

/** Text for at most `columns` columns of a terminal: without control characters, cut with `…`. */
export function cutTo(text: string, columns: number): string {
  const characters = [...stripVTControlCharacters(text).replaceAll(/\p{Cc}+/gu, ' ')];
  const widths = characters.map(widthOf);
  if (widths.reduce((sum, width) => sum + width, 0) <= columns) return characters.join('');
  let used = 1;
  const end = widths.findIndex((width) => {
    used += width;
    return used > columns;
  });
  return columns < 1 ? '' : `${characters.slice(0, end).join('')}…`;
}
