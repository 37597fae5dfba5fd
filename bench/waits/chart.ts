// Draws the waits of the simulation as docs/waits.svg: `node bench/waits/chart.ts`.
import { writeFileSync } from 'node:fs';
import { rows } from './waits.ts';

/** The columns of the table that are drawn, with their names in the chart and their colours. */
const series = [
  { column: 'sink', name: 'this sink', color: '#2f6fde' },
  { column: 'every 5 s (simple-salesforce, Redpanda)', name: 'every 5 s', color: '#e08a1e' },
  { column: 'every 1 s (jsforce)', name: 'every 1 s', color: '#8a8f98' },
] as const;

/** In pixels. */
const size = { bar: 9, gap: 12, names: 150, panel: 250, value: 46, top: 56 } as const;
const groupHeight = series.length * size.bar + size.gap;
const panelWidth = size.panel + size.value;
const width = size.names + 2 * panelWidth;
const height = size.top + rows.length * groupHeight;

const panels = [
  { title: 'Polls a job', unit: '', part: 0, longest: 50, left: size.names },
  {
    title: 'Lag, share of the duration (bars end at 100 %)',
    unit: ' %',
    part: 1,
    longest: 100,
    left: size.names + panelWidth,
  },
] as const;

type Panel = (typeof panels)[number];

/** A cell of the table is `2.3 / 7 %`. */
const figureOf = (row: (typeof rows)[number], column: string, { part }: Panel): number =>
  Number.parseFloat((row as Readonly<Record<string, string>>)[column]?.split(' / ')[part] ?? '');

const text = (x: number, y: number, content: string): string =>
  `<text x="${x}" y="${y}">${content}</text>`;

function bars(panel: Panel): string[] {
  return rows.flatMap((row, group) =>
    series.map(({ column, color }, at) => {
      const value = figureOf(row, column, panel);
      const y = size.top + group * groupHeight + at * size.bar;
      const length = Math.max(1, Math.round(Math.min(1, value / panel.longest) * size.panel));
      const bar = `<rect x="${panel.left}" y="${y}" width="${length}" height="${size.bar - 1}" fill="${color}"/>`;
      return bar + text(panel.left + length + 4, y + size.bar - 1, `${value}${panel.unit}`);
    }),
  );
}

/** The chart, as SVG. */
export const chart = `${[
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img">`,
  '<title>Polls a job and lag, of this sink and of fixed waits</title>',
  '<style>text{font:9px sans-serif;fill:#24292f}@media(prefers-color-scheme:dark){text{fill:#d0d7de}}</style>',
  ...series.flatMap(({ name, color }, at) => [
    `<rect x="${size.names + at * 90}" y="8" width="10" height="10" fill="${color}"/>`,
    text(size.names + at * 90 + 15, 17, name),
  ]),
  ...panels.map(({ title, left }) => text(left, 42, title)),
  ...rows.map(({ jobs }, group) => text(0, size.top + group * groupHeight + 17, jobs)),
  ...panels.flatMap(bars),
  '</svg>',
].join('\n')}\n`;

if (import.meta.main) writeFileSync('docs/waits.svg', chart);
