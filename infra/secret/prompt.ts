import { createInterface, type Interface } from 'node:readline';
import { Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { z } from 'zod';

/**
 * The credentials of a Salesforce External Client App, as the sink's secret holds them, with the
 * login of a Schema Registry if there is one.
 */
export type ClientCredentials = z.output<typeof credentials>;

/** Where credentials are entered. */
export interface Prompt {
  /** A terminal, or a pipe that ends. */
  readonly input: PromptInput;
  /** Where the questions are shown. */
  readonly output: NodeJS.WritableStream;
  /** Whether to ask for the login of a Schema Registry too. */
  readonly hasRegistry: boolean;
}

/** The input: a terminal, or a pipe that ends. */
export type PromptInput = NodeJS.ReadableStream & { isTTY?: boolean };

const part = (name: string) =>
  z
    .string({ error: `${name} is missing` })
    .trim()
    .regex(/^\S+$/, `${name} is empty or contains a space`);

/** A part of a login of a registry: in basic authentication it may have spaces within. Source: RFC 7617. */
const loginPart = (name: string) =>
  z
    .string({ error: `${name} is missing` })
    .trim()
    .regex(/^\P{Cc}+$/u, `${name} is empty or contains a control character`);

const credentials = z
  .strictObject({
    clientId: part('clientId'),
    clientSecret: part('clientSecret'),
    schemaRegistryUser: loginPart('schemaRegistryUser').optional(),
    schemaRegistryPassword: loginPart('schemaRegistryPassword').optional(),
  })
  .refine(
    ({ schemaRegistryUser: user, schemaRegistryPassword: password }) =>
      (user === undefined) === (password === undefined),
    'schemaRegistryUser and schemaRegistryPassword must be given together',
  );

/**
 * Reads the client id and the client secret without showing them.
 *
 * On a terminal it prompts without echo, for the login of a registry too, which may be left empty.
 * Otherwise it reads `input` to its end: `{"clientId":"…","clientSecret":"…"}`, optionally with
 * `schemaRegistryUser` and `schemaRegistryPassword`.
 *
 * Throws Error for the user, whose message never has what was entered.
 */
export async function readCredentials(prompt: Prompt): Promise<ClientCredentials> {
  const { input } = prompt;
  const entered = input.isTTY === true ? await ask(prompt) : await readPipe(input);
  const parsed = credentials.safeParse(entered);
  if (parsed.success) return parsed.data;
  throw new Error(parsed.error.issues.map(({ message }) => message).join('; '));
}

async function ask({ input, output, hasRegistry }: Prompt) {
  const lines = createInterface({ input, output: silent(), terminal: true });
  const cancelled = new Promise<never>((_, reject) => {
    lines.once('close', () => reject(new Error('cancelled; nothing was stored')));
  });
  const nextLine = linesOneByOne(lines);
  const answer = async (question: string): Promise<string> => {
    output.write(question);
    return await Promise.race([nextLine(), cancelled]).finally(() => output.write('\n'));
  };
  try {
    const clientId = await answer('Client id (not shown): ');
    const app = { clientId, clientSecret: await answer('Client secret (not shown): ') };
    if (!hasRegistry) return app;
    const user = await answer('Schema Registry user (not shown; empty: no login): ');
    if (user.trim() === '') return app;
    const password = await answer('Schema Registry password (not shown): ');
    return { ...app, schemaRegistryUser: user, schemaRegistryPassword: password };
  } finally {
    cancelled.catch(() => undefined);
    lines.close();
  }
}

/**
 * Returns lines one by one, including those that arrived before they were requested: both may be
 * pasted at once.
 */
function linesOneByOne(lines: Interface): () => Promise<string> {
  const arrived: string[] = [];
  const requested: ((line: string) => void)[] = [];
  lines.on('line', (line) => {
    const take = requested.shift();
    if (take === undefined) arrived.push(line);
    else take(line);
  });
  return async () => arrived.shift() ?? (await new Promise<string>((take) => requested.push(take)));
}

/** Discards what readline would echo. */
function silent(): Writable {
  return new Writable({ write: (_chunk, _encoding, done) => done() });
}

async function readPipe(input: PromptInput): Promise<unknown> {
  const piped = await text(input);
  if (piped.trim() === '') {
    throw new Error(
      'there is no terminal; run this in one, or pipe {"clientId":"…","clientSecret":"…"} into it',
    );
  }
  try {
    return JSON.parse(piped);
  } catch {
    // The parser's error would quote the secret.
    throw new Error('the piped input is not JSON');
  }
}
