import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { z } from 'zod';

/** What a Salesforce External Client App is known by, as the sink's secret holds it. */
export type ClientCredentials = z.output<typeof credentials>;

/** Where the credentials come from: a terminal, or a pipe that ends. */
export type PromptInput = NodeJS.ReadableStream & { isTTY?: boolean };

const part = (name: string) =>
  z
    .string({ error: `${name} is missing` })
    .trim()
    .regex(/^\S+$/, `${name} is empty or has a space in it`);

const credentials = z.strictObject({
  clientId: part('clientId'),
  clientSecret: part('clientSecret'),
});

/**
 * Gets the client id and the client secret without showing them.
 *
 * On a terminal it asks, echoing nothing. Otherwise it reads `input` to its end, which must be
 * `{"clientId":"…","clientSecret":"…"}`.
 *
 * @throws Error with a sentence for the user, never holding what was entered.
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
  const answer = async (question: string): Promise<string> => {
    output.write(question);
    const line = new Promise<string>((done) => lines.once('line', done));
    const value = await Promise.race([line, cancelled]).finally(() => output.write('\n'));
    return value;
  };
  try {
    const clientId = await answer('Client id (not shown): ');
    return { clientId, clientSecret: await answer('Client secret (not shown): ') };
  } finally {
    cancelled.catch(() => undefined);
    lines.close();
  }
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
