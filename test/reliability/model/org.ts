import { readFileSync } from 'node:fs';
import { type Emulator, withSuffix } from 'salesforce-bulk-emulator';
import type { HttpRequest } from '../../../src/runtime/http/send.ts';
import type { Services } from '../../support/services.ts';
import { type Behaviour, behaviours } from './behaviours.ts';
import type { GivenRecord, Scenario } from './scenario.ts';

/** Puts what only the org knows in the place of `‹id 3›`, `‹id15 3›` and `‹account A›`. */
export type Resolve = (text: string) => string;

const source = 'emulator/objects/Contact.json';

/** Contacts with a number and a code to be found by, which tells its capitals apart. */
function contactSource(): object {
  const contact = JSON.parse(readFileSync(source, 'utf8')) as { fields: Record<string, unknown>[] };
  const like = contact.fields.find(({ name }) => name === 'ExternalId__c');
  const number = { type: 'double', length: 0, precision: 18, scale: 0 };
  return {
    ...contact,
    fields: [
      ...contact.fields,
      { ...like, name: 'Number__c', label: 'Number', ...number },
      { ...like, name: 'Code__c', label: 'Code', caseSensitive: true },
    ],
  };
}

const contact = contactSource();

/** The id of a row that the org does not have: one that no org hands out. */
const strangeId = (row: string): string =>
  withSuffix(`003Zz0${row.replace(/\D/g, '').padStart(9, '0')}`);

/** Empties an org and puts in what a scenario begins with. */
export function prepareOrg(org: Emulator, scenario: Scenario): Resolve {
  const { keyField, existing, marker, queueMs } = scenario;
  org.reset();
  org.configure({ queueMs, chunkMs: 1, replyMs: 0 });
  org.describe(contact);
  const ids = new Map<string, string>();
  for (const name of ['A', 'B']) {
    const values = { Name: `${marker} ${name}`, ExternalId__c: `${marker}-${name}` };
    ids.set(`account ${name}`, org.seed('Account', values));
  }
  for (const { row, values } of existing) {
    const key = keyField === 'Number__c' ? Number(row) : row;
    const keyed = keyField === 'Id' || keyField === null ? {} : { [keyField]: key };
    ids.set(row, org.seed('Contact', { ...values, ...keyed }));
  }
  for (const { trouble } of scenario.records) if (trouble !== null) arm(trouble);
  return resolve;

  function resolve(text: string): string {
    return text
      .replace(/‹account (.)›/g, (_, name) => ids.get(`account ${name}`) ?? '')
      .replace(/‹id (\d+)›/g, (_, n) => idOf(n))
      .replace(/‹id15 (\d+)›/g, (_, n) => idOf(n).slice(0, 15));
  }
  function idOf(number: string): string {
    return ids.get(`row ${number}`) ?? strangeId(number);
  }
  function arm({ rowError, times, column, text }: NonNullable<GivenRecord['trouble']>): void {
    org.fault({ rowError, times, match: { [column]: resolve(text) } });
  }
}

/** Lets the behaviours of the org show in its replies, as long as `isOn`. */
export function applyBehaviours(
  { proxies }: Services,
  scenario: Scenario,
  isOn: () => boolean,
): void {
  for (const { rewrites } of behavioursOf(scenario)) {
    if (rewrites === undefined) continue;
    const { steps, reply } = rewrites;
    proxies.salesforce.arm({
      match: ({ step }) => isOn() && steps.includes(step),
      when: 'after',
      times: Number.POSITIVE_INFINITY,
      action: { kind: 'rewrite', reply },
    });
  }
}

/** What a reply takes by the behaviours of the org. */
export function lagOf(scenario: Scenario): (request: HttpRequest) => number {
  const lags = behavioursOf(scenario).flatMap(({ lag }) => lag ?? []);
  return (request) => lags.reduce((sum, lag) => sum + lag(request), 0);
}

const behavioursOf = ({ behaviours: names }: Scenario): Behaviour[] =>
  names.map((name) => behaviours[name]);

/** Lifts what passes: faults of calls and jobs, hidden fields, and what would be corrected. */
export async function liftFaults(
  org: Emulator,
  scenario: Scenario,
  resolve: Resolve,
): Promise<void> {
  await fetch(`${org.url}/__emulator/faults`, { method: 'DELETE' });
  org.permit({ hidden: [] });
  if (scenario.tolerance === 'none') return;
  for (const { trouble } of scenario.records) {
    if (trouble === null || trouble.times !== null) continue;
    const { rowError, column, text } = trouble;
    org.fault({ rowError, times: null, match: { [column]: resolve(text) } });
  }
}

/** Waits until no job is at work. */
export async function idle(org: Emulator): Promise<void> {
  const isBusy = () => org.jobs().some(({ state }) => /UploadComplete|InProgress/.test(state));
  for (let n = 0; n < 400 && isBusy(); n++) await new Promise((done) => setTimeout(done, 5));
}
