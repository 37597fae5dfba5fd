#!/usr/bin/env bash
# jsforce 3.10.26 deletes a Bulk API 2.0 job that is still queued when it stops waiting for it.
#
# loadAndWaitForResults waits 30 s if pollTimeout is not set, then throws an error named
# JobPollingTimeout with the id of the job. That error is meant to leave the job alone, since Salesforce
# goes on with it (https://github.com/forcedotcom/packaging/pull/718), but the code that spares the job
# looks for the name JobPollingTimeoutError. It deletes the job, and Salesforce deletes a job that still
# waits in the queue together with its data
# (https://developer.salesforce.com/docs/atlas.en-us.252.0.api_asynch.meta/api_asynch/delete_job.htm).
# The rows are not written, and the id in the error finds no job, no results and no unprocessed rows.
#
# Seen with Node.js 24, against a server that answers as documented for a job in the queue, with a
# pollTimeout of 50 ms:
#   POST, PUT, PATCH UploadComplete, GET, DELETE
#   JobPollingTimeout: Polling timed out after 50ms. Job Id = 750000000000001AAA
#   the job afterwards: NOT_FOUND
#
# Needs Node.js with npm, and installs Node.js 24, since jsforce does not start with Node.js 20. Exits
# with 1 if jsforce behaves otherwise.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

npm install --no-audit --no-fund --prefix . jsforce@3.10.26 node@24.21.0 > npm.txt 2>&1 || { tail -5 npm.txt; exit 1; }
cat > finding.mjs <<'JS'
import { once } from 'node:events';
import { createServer } from 'node:http';
import jsforce from 'jsforce';

const id = '750000000000001AAA';
const requests = [];
let state = 'Open';

const server = createServer(async (request, response) => {
  const body = (await request.toArray()).join('');
  const reply = (status, value) => {
    response.writeHead(status, { 'Content-Type': 'application/json' }).end(value && JSON.stringify(value));
  };
  if (request.method === 'PATCH') state = JSON.parse(body).state;
  const step = request.method === 'PATCH' ? `PATCH ${state}` : request.method;
  if (requests.at(-1) !== step) requests.push(step);
  if (state === 'deleted') return reply(404, [{ errorCode: 'NOT_FOUND', message: 'The requested resource does not exist' }]);
  if (request.method === 'PUT') return reply(201);
  if (request.method === 'DELETE') {
    state = 'deleted';
    return reply(204);
  }
  reply(200, { id, operation: 'insert', object: 'Contact', state });
}).listen(0, '127.0.0.1');
await once(server, 'listening');

const connection = new jsforce.Connection({
  instanceUrl: `http://127.0.0.1:${server.address().port}`, accessToken: 'token', version: '65.0',
});
const error = await connection.bulk2.loadAndWaitForResults({
  object: 'Contact', operation: 'insert', input: [{ LastName: 'Dee' }], pollInterval: 10, pollTimeout: 50,
}).catch((thrown) => thrown);
for (let waits = 0; state !== 'deleted' && waits < 20; waits++) await new Promise((done) => setTimeout(done, 50));
console.log(requests.join(', '));
console.log(`${error.name}: ${error.message}`);
const found = await connection.bulk2.job('ingest', { id: error.jobId }).check().catch((thrown) => thrown);
console.log(`the job afterwards: ${found.errorCode ?? found.state}`);
server.close();
JS
seen=$(node_modules/.bin/node finding.mjs)
echo "$seen"
test "$seen" = 'POST, PUT, PATCH UploadComplete, GET, DELETE
JobPollingTimeout: Polling timed out after 50ms. Job Id = 750000000000001AAA
the job afterwards: NOT_FOUND'
