import type { FieldValue } from 'salesforce-bulk-emulator';
import type { Random } from './random.ts';
import type { GivenSetup, GivenValue } from './scenario.ts';

/** What values are drawn with. */
export interface ValueDraw {
  readonly random: Random;
  readonly setup: GivenSetup;
  readonly marker: string;
}

/** A way to send what is meant. */
type Form = Pick<GivenValue, 'json' | 'means'> & { readonly connect?: GivenValue['connect'] };

const optional = (type: string, name?: string) => ({
  type,
  optional: true,
  ...(name ? { name } : {}),
});

/** A text as JSON, which Connect writes alike. */
export function textForm(text: string): Form {
  const json = JSON.stringify(text);
  return { json, means: text, connect: { schema: optional('string'), json } };
}

/** A text that no other value is. */
const unique = ({ random, marker }: ValueDraw): string =>
  `${marker}-${random.int(0, 0xffff).toString(16)}`;

function drawText(draw: ValueDraw): Form {
  const text = unique(draw);
  return textForm(
    draw.random.pick([text, text, ` ${text}`, `${text} `, `"${text}",\nof two lines`]),
  );
}

function drawNumber({ random }: ValueDraw): Form {
  // Of few numbers, so that some come in several forms in one batch.
  const number = random.int(5, 6);
  const json = random.pick([
    `${number}`,
    `"${number}"`,
    `${number}.0`,
    `"${number}.0"`,
    `${number}e0`,
  ]);
  return { json, means: number, connect: { schema: optional('double'), json: `${number}.0` } };
}

function drawInteger({ random }: ValueDraw): Form {
  const number = random.int(1, 99);
  const json = random.pick([`${number}`, `"${number}"`, `${number}.0`, `${number}e0`]);
  return { json, means: number, connect: { schema: optional('int32'), json: `${number}` } };
}

function drawDate({ random }: ValueDraw): Form {
  const day = random.int(0, 20_000);
  const text = new Date(day * 86_400_000).toISOString().slice(0, 10);
  const schema = optional('int32', 'org.apache.kafka.connect.data.Date');
  return { json: JSON.stringify(text), means: text, connect: { schema, json: `${day}` } };
}

function drawInstant({ random }: ValueDraw): Form {
  const ms = random.int(0, 1_700_000) * 1_000_000;
  const text = new Date(ms).toISOString();
  const later = new Date(ms + 7_200_000).toISOString();
  const json = JSON.stringify(
    random.pick([
      text,
      text.replace('.000', ''),
      text.replace('Z', '+00:00'),
      later.replace('Z', '+02:00'),
    ]),
  );
  const schema = optional('int64', 'org.apache.kafka.connect.data.Timestamp');
  return { json, means: text.replace('Z', '+0000'), connect: { schema, json: `${ms}` } };
}

function drawBoolean({ random }: ValueDraw): Form {
  const means = random.chance(0.5);
  const json = random.pick(means ? ['true', '"true"', '"1"', '"yes"'] : ['false', '"FALSE"', '0']);
  return { json, means, connect: { schema: optional('boolean'), json: String(means) } };
}

const levels = ['Gold', 'Silver', 'Bronze'] as const;

/** The fields that records give values, and how each is drawn. */
const fields: Readonly<Record<string, (draw: ValueDraw) => Form>> = {
  FirstName: drawText,
  Title: drawText,
  Description: drawText,
  Score__c: drawNumber,
  Visits__c: drawInteger,
  Birthdate: drawDate,
  LastSeen__c: drawInstant,
  Active__c: drawBoolean,
  Level__c: ({ random }) => textForm(random.pick(levels)),
  Email: (draw) => textForm(`${unique(draw)}@example.com`),
};

/** Null or empty text of a field, by `NULL_VALUES`; a checkbox knows no third state. */
function nullOf(field: string, { nulls }: GivenSetup, json: 'null' | '""' = 'null'): Form {
  const cleared: FieldValue = field === 'Active__c' ? false : null;
  const means = nulls === 'clear' ? cleared : undefined;
  return { json, means, connect: null };
}

function drawField(field: string, draw: ValueDraw): GivenValue {
  const { random, setup } = draw;
  const drawn = (fields[field] as (draw: ValueDraw) => Form)(draw);
  // Unless the field is described, it is not known that a checkbox has no null.
  const mayBeNull = field !== 'Active__c' || setup.unknownFields !== 'send';
  const how = random.weighted({ value: 85, null: mayBeNull ? 10 : 0, '""': mayBeNull ? 5 : 0 });
  const form = how === 'value' ? drawn : nullOf(field, setup, how);
  const name = field === 'Title' && random.chance(0.2) ? 'title' : field;
  return { connect: null, ...form, name, field };
}

/** The lookup to an account, in the ways to set it. */
function drawLookup({ random, setup, marker }: ValueDraw): GivenValue {
  const account = random.pick(['A', 'B'] as const);
  const parent = `{"ExternalId__c":"${marker}-${account}"}`;
  const means = `‹account ${account}›`;
  const ways = {
    id: { name: 'AccountId', json: `"${means}"`, means },
    parent: { name: 'Account', json: parent, means },
    null: { name: 'Account', ...nullOf('AccountId', setup) },
  };
  const mayBeNull = setup.unknownFields !== 'send';
  const way = random.weighted({ id: 45, parent: 45, null: mayBeNull ? 10 : 0 });
  return { connect: null, ...ways[way], field: 'AccountId' };
}

/** Draws the values of a record besides its key: some fields, in any order. */
export function drawValues(draw: ValueDraw): GivenValue[] {
  const { random } = draw;
  const chosen = Object.keys(fields).filter(() => random.chance(0.3));
  const values = chosen.map((field) => drawField(field, draw));
  return random.chance(0.12) ? [...values, drawLookup(draw)] : values;
}
