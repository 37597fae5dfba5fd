import { createServer, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { listen } from '../../../local/aws/listen.ts';
import { type RecordedReply, type Recorder, recordedReplies } from './recorded.ts';

/** A server that repeats what a registry answered. */
export interface ReplyServer {
  /** Without a slash at the end. */
  readonly url: string;
  /** The requests so far, as the recorded ones are named, the oldest first. */
  requests(): readonly string[];
  /** Stops it and drops open requests. */
  close(): Promise<void>;
}

/**
 * Starts a server on the loopback interface that answers the recorded requests of a recorder's
 * registry, and all others with 404 and the code of Confluent's API for a schema that is not there.
 */
export async function startReplyServer(recorder: Recorder): Promise<ReplyServer> {
  const replies = new Map(recordedReplies(recorder).map((reply) => [keyOf(reply), reply]));
  const requests: string[] = [];
  const server = createServer(async (request, response) => {
    const asked = await askedOf(request);
    requests.push(asked.request);
    const { status, headers, body } = replies.get(keyOf(asked)) ?? notFound;
    response.writeHead(status, headers).end(body);
  });
  const url = await listen(server);
  return {
    url,
    requests: () => [...requests],
    async close() {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}

type Asked = Pick<RecordedReply, 'request' | 'requestBody'>;

const keyOf = ({ request, requestBody }: Asked) => JSON.stringify([request, requestBody ?? null]);

async function askedOf(request: IncomingMessage): Promise<Asked> {
  const body = await text(request);
  const operation = request.headers['x-amz-target'];
  if (operation === undefined) return { request: `${request.method} ${request.url}` };
  return { request: String(operation), requestBody: JSON.parse(body) };
}

const notFound = {
  status: 404,
  headers: { 'content-type': 'application/vnd.schemaregistry.v1+json' },
  body: JSON.stringify({ error_code: 40403, message: 'Schema not found' }),
};
