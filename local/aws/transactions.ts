import { randomUUID } from 'node:crypto';
import type { IncomingMessage, RequestListener, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { itemBytes } from './item-size.ts';
import { canceled, error, type Reply } from './transaction-reply.ts';

/** A conditional write of a transaction, as the API takes it. */
interface Put {
  TableName: string;
  Item: Record<string, unknown>;
}

interface TransactWriteItems {
  TransactItems: { Put?: Put }[];
  ClientRequestToken?: string;
}

const action = (name: string) => `DynamoDB_20120810.${name}`;
/** Most bytes of the items of a transaction. */
const maxBytes = 4 * 1024 * 1024;

const passes = 'x-within-transaction';

/**
 * Adds `TransactWriteItems` of conditional puts to a DynamoDB emulator that lacks it and whose tables
 * have the key `id`. All are written or none, other calls wait meanwhile, and a repeated
 * `ClientRequestToken` changes nothing. Not emulated: conflicts of transactions that overlap.
 * Source: DynamoDB API reference, TransactWriteItems.
 */
export class Transactions {
  readonly #server: Server;
  readonly #others: readonly RequestListener[];
  /** Lets the calls of a transaction pass while others wait. */
  readonly #pass = randomUUID();
  /** The bodies of successful transactions, by their tokens. */
  readonly #done = new Map<string, string>();
  #last: Promise<unknown> = Promise.resolve();

  constructor(server: Server) {
    this.#server = server;
    this.#others = server.listeners('request') as RequestListener[];
    server.removeAllListeners('request');
    server.on('request', (request, response) => {
      this.#handle(request, response).catch(() => response.destroy());
    });
  }

  async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const isOwn = request.headers[passes] === this.#pass;
    if (isOwn || request.headers['x-amz-target'] !== action('TransactWriteItems')) {
      if (!isOwn) await this.#idle();
      for (const handle of this.#others) handle(request, response);
      return;
    }
    const sent = await text(request);
    const work = this.#last.then(() => this.#once(request, sent));
    this.#last = work.catch(() => undefined);
    const { status, body } = await work;
    response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0' });
    response.end(JSON.stringify(body));
  }

  /** Waits until no transaction is under way. */
  async #idle(): Promise<void> {
    for (let last = null as unknown; last !== this.#last; ) {
      last = this.#last;
      await last;
    }
  }

  async #once(request: IncomingMessage, sent: string): Promise<Reply> {
    const { TransactItems, ClientRequestToken } = JSON.parse(sent) as TransactWriteItems;
    const before = this.#done.get(ClientRequestToken ?? '');
    if (before === sent) return { status: 200, body: {} };
    if (before !== undefined) return error('IdempotentParameterMismatchException', {});
    const puts = TransactItems.flatMap(({ Put }) => (Put === undefined ? [] : [Put]));
    const ids = new Set(puts.map(({ Item }) => JSON.stringify(Item['id'])));
    const count = TransactItems.length;
    if (puts.length < count || count === 0 || count > 100 || ids.size < count) {
      const message = 'Only 1 to 100 puts of different items are emulated in a transaction';
      return error('ValidationException', { message });
    }
    if (puts.reduce((sum, { Item }) => sum + itemBytes(Item), 0) > maxBytes) {
      // The limit is documented, not with which error.
      const message = 'The aggregate size of the items in the transaction exceeds 4 MB';
      return error('ValidationException', { message });
    }
    const reply = await this.#putAll(request, puts);
    if (reply.status === 200) this.#done.set(ClientRequestToken ?? randomUUID(), sent);
    return reply;
  }

  /** Puts the items one after the other, and takes them back when any is refused. */
  async #putAll(request: IncomingMessage, puts: readonly Put[]): Promise<Reply> {
    const undo: (() => Promise<Reply>)[] = [];
    const refusals = new Map<number, Reply['body']>();
    const call = (name: string, body: object) => this.#call(request, name, body);
    for (const [index, put] of puts.entries()) {
      const { TableName, Item } = put;
      const { status, body } = await call('PutItem', { ...put, ReturnValues: 'ALL_OLD' });
      if (status !== 200) {
        refusals.set(index, body);
        continue;
      }
      const { Attributes: old } = body as { Attributes?: object };
      undo.push(() =>
        old === undefined
          ? call('DeleteItem', { TableName, Key: { id: Item['id'] } })
          : call('PutItem', { TableName, Item: old }),
      );
    }
    if (refusals.size === 0) return { status: 200, body: {} };
    for (const takeBack of undo.reverse()) await takeBack();
    return canceled(refusals, puts.length);
  }

  /** Calls the emulator itself with the signature of a request, which it does not check. */
  async #call(request: IncomingMessage, name: string, body: object): Promise<Reply> {
    const { port } = this.#server.address() as AddressInfo;
    const headers = {
      'content-type': 'application/x-amz-json-1.0',
      authorization: String(request.headers.authorization),
      'x-amz-date': String(request.headers['x-amz-date']),
      'x-amz-target': action(name),
      [passes]: this.#pass,
    };
    const sent = { method: 'POST', headers, body: JSON.stringify(body) };
    const reply = await fetch(`http://127.0.0.1:${port}/`, sent);
    return { status: reply.status, body: (await reply.json()) as Reply['body'] };
  }
}
