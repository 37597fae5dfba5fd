// Measures a whole flush of 10,000 contacts with Salesforce and DynamoDB that answer at once, in turns with
// the floor: `node bench/measure-flush.ts upsert`; prints JSON.
import { readConfig } from '../src/config/config.ts';
import { createDecodeFromConfig } from '../src/decode/create-from-config.ts';
import { logOnly } from '../src/errant/reporter.ts';
import { createInvoke } from '../src/invocation/invoke.ts';
import type { HttpReply, HttpRequest } from '../src/runtime/http/send.ts';
import { Salesforce } from '../src/salesforce/container.ts';
import { contactObject } from './contact-object.ts';
import { floor } from './conversion.ts';
import { cpuMs, median } from './cpu.ts';
import { formats } from './formats.ts';
import { instantLedger } from './instant-ledger.ts';
import { contactEvent } from './records.ts';

const operation = process.argv[2] ?? 'insert';
const { read, write } = formats.JSON;
const event = contactEvent(10_000, write);
const id = '750000000000001AAA';

/** What Salesforce answers at once; every row of a job is written. */
function answer({ method, url, body = '' }: HttpRequest): object {
  const { pathname } = new URL(url);
  if (pathname.endsWith('/token'))
    return { access_token: 'token', instance_url: 'https://a.my.salesforce.com' };
  if (pathname.endsWith('/describe')) return contactObject;
  const state =
    method === 'GET' ? 'JobComplete' : body.includes('UploadComplete') ? 'UploadComplete' : 'Open';
  return { id, state, numberRecordsProcessed: 10_000, numberRecordsFailed: 0 };
}

const send = async (request: HttpRequest): Promise<HttpReply> => ({
  status: 200,
  headers: {},
  body: JSON.stringify(answer(request)),
});

const upsert = { SALESFORCE_OPERATION: 'upsert', SALESFORCE_EXTERNAL_ID_FIELD: 'ExternalId__c' };
const config = readConfig({
  SALESFORCE_OBJECT: 'Contact',
  SALESFORCE_URI: 'https://a.my.salesforce.com',
  SALESFORCE_SECRET_ID: 'bench',
  LEDGER_TABLE: 'bench',
  ...(operation === 'upsert' ? upsert : {}),
});

let now = Date.now();
const clock = {
  now: () => now,
  sleep: async (ms: number) => {
    now += ms;
  },
};
const runtime = { clock, random: () => 0.5, uuid: () => 'bench', send };
const nothing = () => undefined;
const log = { info: nothing, warn: nothing, error: console.error, appendKeys: nothing };
const readSecret = async () => JSON.stringify({ clientId: 'a', clientSecret: 'b' });
const parts = { config, runtime, log };
const invoke = createInvoke({
  ...parts,
  decode: createDecodeFromConfig(config, runtime, async () => null),
  salesforce: new Salesforce({ ...parts, readSecret }),
  ledger: instantLedger(clock),
  reporter: logOnly,
  meter: nothing,
});

const [ours, least]: [number[], number[]] = [[], []];
for (let round = 0; round < 20; round++) {
  least.push(await cpuMs(() => floor(event, read)));
  ours.push(await cpuMs(() => invoke(event, 840_000)));
}
console.log(JSON.stringify({ medianMs: median(ours), floorMs: median(least) }));
