#!/usr/bin/env node
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { makeChoices } from './choices.ts';
import { type EmulatorOptions, startEmulator } from './emulator.ts';
import { PACES, type Pace } from './job/pace.ts';
import { refuseNpmOptions } from './npm-options.ts';
import { startText, usage } from './start-text.ts';

const wholeNumber = z.coerce.number().int().min(0);

const options = {
  port: { type: 'string', default: '4010' },
  host: { type: 'string', default: '127.0.0.1' },
  pace: { type: 'string', default: 'lifelike' },
  seed: { type: 'string', default: '1' },
  objects: { type: 'string' },
  'api-limit': { type: 'string' },
  'token-minutes': { type: 'string' },
  choice: { type: 'string', multiple: true, default: [] as string[] },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

try {
  refuseNpmOptions(Object.keys(options), process.env);
  const { values } = parseArgs({ options });
  if (values.help) console.log(usage());
  else await run(values);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  console.error('Try --help.');
  process.exitCode = 1;
}

interface Values {
  readonly port: string;
  readonly host: string;
  readonly pace: string;
  readonly seed: string;
  readonly objects?: string | undefined;
  readonly 'api-limit'?: string | undefined;
  readonly 'token-minutes'?: string | undefined;
  readonly choice: readonly string[];
}

async function run(values: Values): Promise<void> {
  const options = readOptions(values);
  const emulator = await startEmulator(options).catch((error: unknown) => {
    throw explained(error, values);
  });
  console.log(startText(emulator.url));
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      emulator.close().then(
        () => console.log('Stopped.'),
        (error: unknown) => console.error(error),
      );
    });
  }
}

/** The error of a server that cannot listen, with what to do; any other is returned unchanged. */
function explained(error: unknown, { host, port }: Values): unknown {
  const { code } = error as NodeJS.ErrnoException;
  const remedies: Readonly<Record<string, string>> = {
    EADDRINUSE: `Port ${port} is in use on ${host}: choose another with --port; 0 takes a free one`,
    EACCES: `Port ${port} is reserved for the system: choose one from 1024 with --port`,
    EADDRNOTAVAIL: `--host takes an address of this machine, such as 127.0.0.1, not ${host}`,
    ENOTFOUND: `--host takes an address of this machine, such as 127.0.0.1, not ${host}`,
    ERR_SOCKET_BAD_PORT: `--port takes a whole number from 0 to 65535, not ${port}`,
  };
  const remedy = remedies[code ?? ''];
  return remedy === undefined ? error : new Error(remedy, { cause: error });
}

function readOptions(values: Values): EmulatorOptions {
  const number = (name: 'port' | 'seed' | 'api-limit' | 'token-minutes') =>
    values[name] === undefined ? undefined : readNumber(name, values[name]);
  const apiLimit = number('api-limit');
  const tokenMinutes = number('token-minutes');
  return {
    port: number('port') ?? 0,
    host: values.host,
    seed: number('seed') ?? 1,
    pace: readPace(values.pace),
    choices: makeChoices(Object.fromEntries(values.choice.map(readChoice))),
    ...(values.objects === undefined ? {} : { objectsDir: values.objects }),
    ...(apiLimit === undefined ? {} : { apiLimit }),
    ...(tokenMinutes === undefined ? {} : { tokenLifetimeMs: tokenMinutes * 60_000 }),
  };
}

function readNumber(name: string, text: string): number {
  const parsed = wholeNumber.safeParse(text);
  if (parsed.success) return parsed.data;
  throw new Error(`--${name} takes a whole number, not ${text}`);
}

function readPace(text: string): Pace {
  const named = Object.entries<Pace>(PACES).find(([name]) => name === text)?.[1];
  if (named) return named;
  const [queueMs, chunkMs, replyMs = '0'] = text.split(',');
  if (queueMs === undefined || chunkMs === undefined) {
    throw new Error(`--pace takes ${Object.keys(PACES).join(', ')} or queueMs,chunkMs[,replyMs]`);
  }
  return {
    queueMs: readNumber('pace', queueMs),
    chunkMs: readNumber('pace', chunkMs),
    replyMs: readNumber('pace', replyMs),
  };
}

function readChoice(text: string): [string, string] {
  const [name = '', option = ''] = text.split('=');
  return [name, option];
}
