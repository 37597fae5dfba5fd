import type { ParseArgsConfig } from 'node:util';

/** What an option takes, as `parseArgs` has it. */
export type Definition = NonNullable<ParseArgsConfig['options']>[string];

const text = { type: 'string' } as const;
const on = { type: 'boolean' } as const;

/** The options of every command. */
const common = {
  stage: { ...text, short: 's' },
  param: { ...text, multiple: true },
  region: { ...text, short: 'r' },
  'aws-profile': text,
  verbose: on,
  debug: text,
  help: { ...on, short: 'h' },
} as const;

/** The options of each command alone. */
const own = {
  package: { package: { ...text, short: 'p' } },
  deploy: {
    package: { ...text, short: 'p' },
    force: on,
    conceal: on,
    'minify-template': on,
    'aws-s3-accelerate': on,
  },
  secret: { sink: text },
} as const;

/** The commands that osls implements. */
export type OslsCommand = keyof typeof own;

type Names<T> = T extends unknown ? keyof T : never;

/** The name of an option of any command. */
export type OptionName = keyof typeof common | Names<(typeof own)[OslsCommand]>;

/** Whether osls implements a command here. */
export function isOslsCommand(name: string): name is OslsCommand {
  return Object.hasOwn(own, name);
}

/** The options of a command by name. */
export function optionsOf(command: OslsCommand) {
  return { ...common, ...own[command] };
}
