const numberFormat = new Intl.NumberFormat('en');

/** `1,000 rows`, `1 row`; the plural adds an s. */
export function counted(count: number, noun: string): string {
  return `${number(count)} ${noun}${count === 1 ? '' : 's'}`;
}

/** `12,345`. */
export function number(value: number): string {
  return numberFormat.format(value);
}

/** Milliseconds as `2.4 s`. */
export function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}

/** Bytes as `131 kB`. */
export function kilobytes(bytes: number): string {
  return `${number(Math.ceil(bytes / 1000))} kB`;
}

/** Wraps text between words into lines of at most `width` characters; a longer word stays whole. */
export function wrapped(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last === undefined || last.length + 1 + word.length > width) lines.push(word);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines;
}
