import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { listen } from '../../../local/aws/listen.ts';

/** An org that refuses every row of a job and gives it back in quotes, as recorded results have it. */
export interface RefusingOrg {
  readonly url: string;
  close(): Promise<void>;
}

const rowError = 'REQUIRED_FIELD_MISSING:Required fields are missing: [LastName]:LastName --';

/** Writes the results a row at a time: as one text they would be longer than some strings may be. */
function writeResults(response: ServerResponse, [header = '', ...rows]: readonly string[]): void {
  response.write(`"sf__Id","sf__Error",${header}\n`);
  for (const row of rows) {
    response.write(
      `"","${rowError}",${row
        .split(',')
        .map((cell) => `"${cell}"`)
        .join(',')}\n`,
    );
  }
  response.end();
}

/** Starts it; it knows one job at a time, whose cells must need no quotes. */
export async function startRefusingOrg(): Promise<RefusingOrg> {
  let lines: string[] = [];
  const job = (state: string) => {
    const count = Math.max(0, lines.length - 1);
    const counts = { numberRecordsProcessed: count, numberRecordsFailed: count };
    return JSON.stringify({ id: '750Em00000000001AA', state, ...counts });
  };
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const { method, url = '' } = request;
    const body = await text(request);
    if (url.includes('token')) {
      const instance_url = `http://${request.headers.host}`;
      return response.end(JSON.stringify({ access_token: 'x', instance_url }));
    }
    if (method === 'PUT') {
      lines = body.split('\n').slice(0, -1);
      return response.writeHead(201).end();
    }
    if (url.endsWith('failedResults')) return writeResults(response, lines);
    if (method === 'PATCH') return response.end(job('UploadComplete'));
    if (method === 'GET') return response.end(job('JobComplete'));
    return response.end(job('Open'));
  };
  const server = createServer((request, response) => void answer(request, response));
  const url = await listen(server);
  return {
    url,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
