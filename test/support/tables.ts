import { readFileSync } from 'node:fs';

const document = readFileSync('docs/VALUES.md', 'utf8');

/** The rows of a table of docs/VALUES.md: type, example, cell. */
export function rowsOf(title: string): (readonly [type: string, example: string, cell: string])[] {
  const section = document.split(`\n## ${title}\n`)[1]?.split('\n## ')[0] ?? '';
  return section
    .split('\n')
    .filter((line) => line.startsWith('| ') && !line.startsWith('| type '))
    .map((line) => {
      const [type = '', example = '', cell = ''] = line.slice(2, -2).split(' | ');
      return [type, example, cell] as const;
    });
}
