import { createInterface, type Interface } from 'node:readline';
import { Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { z } from 'zod';

/**
 * What a Salesforce External Client App is known by, as the sink's secret holds it; beside it the
 * login of a Schema Registry, where there is one that asks for a login.
 */
export type ClientCredentials = z.output<typeof credentials>;

/** Where the credentials come from: a terminal, or a pipe that ends. */
export type PromptInput = NodeJS.ReadableStream & { isTTY?: boolean };

const part = (name: string) =>
  z
    .string({ error: `${name} is missing` })
    .trim()
    .regex(/^\S+$/, `${name} is empty or has a space in it`);

const credentials = z
  .strictObject({
    clientId: part('clientId'),
    clientSecret: part('clientSecret'),
    schemaRegistryUser: part('schemaRegistryUser').optional(),
    schemaRegistryPassword: part('schemaRegistryPassword').optional(),
  })
  .refine(
    ({ schemaRegistryUser: user, schemaRegistryPassword: password }) =>
      (user === undefined) === (password === undefined),
    'schemaRegistryUser and schemaRegistryPassword come together or not at all',
  );

/**
 * Gets the client id and the client secret without showing them.
 *
 * On a terminal it asks, echoing nothing. Otherwise it reads `input` to its end, which must be
 * `{"clientId":"…","clientSecret":"…"}`, and may have `schemaRegistryUser` and
 * `schemaRegistryPassword` too.
 *
 * Throws Error with a sentence for the user, never holding what was entered.
 */
export async function readCredentials(
  input: PromptInput,
  output: NodeJS.WritableStream,
): Promise<ClientCredentials> {
  const entered = input.isTTY === true ? await ask(input, output) : await readPipe(input);
  const parsed = credentials.safeParse(entered);
  if (parsed.success) return parsed.data;
  throw new Error(parsed.error.issues.map(({ message }) => message).join('; '));
}

async function ask(input: PromptInput, output: NodeJS.WritableStream) {
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
    return { clientId, clientSecret: await answer('Client secret (not shown): ') };
  } finally {
    cancelled.catch(() => undefined);
    lines.close();
  }
}

/** Hands out lines one by one, those too that came before anybody asked: both may be pasted at once. */
function linesOneByOne(lines: Interface): () => Promise<string> {
  const come: string[] = [];
  const asked: ((line: string) => void)[] = [];
  lines.on('line', (line) => {
    const take = asked.shift();
    if (take === undefined) come.push(line);
    else take(line);
  });
  return async () => come.shift() ?? (await new Promise<string>((take) => asked.push(take)));
}

/** Where readline would echo what is typed. */
function silent(): Writable {
  return new Writable({ write: (_chunk, _encoding, done) => done() });
}

async function readPipe(input: PromptInput): Promise<unknown> {
  const piped = await text(input);
  if (piped.trim() === '') {
    throw new Error(
      'there is no terminal to ask on; run this in one, or pipe {"clientId":"…","clientSecret":"…"} into it',
    );
  }
  try {
    return JSON.parse(piped);
  } catch {
    // The parser's own error would quote the secret.
    throw new Error('what was piped in is not JSON');
  }
}
