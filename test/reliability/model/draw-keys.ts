import type { Random } from './random.ts';
import type { GivenSetup } from './scenario.ts';

/** The key of a record: the row that it means, and the JSON by which it says so. */
export interface GivenKey {
  readonly row: string;
  readonly name: string;
  readonly json: string;
}

/** Draws the spelling of a key; keys that are rows of their own have numbers of their own. */
type Spell = (random: Random, number: number, setup: GivenSetup) => Omit<GivenKey, 'name'>;

const spellText =
  (marker: string): Spell =>
  (random, number, { unknownFields }) => {
    const plain = `${marker}-key${number}@Ann`;
    // Where case sensitivity is unknown, each change of spelling costs a job.
    const isPlain = unknownFields === 'send' && random.chance(0.8);
    const others = [plain.toUpperCase(), plain.toLowerCase()];
    const spelling = isPlain ? plain : random.pick([plain, plain, ...others]);
    // With a space before it, it is another key to the org.
    const text = random.chance(0.04) ? ` ${spelling}` : spelling;
    return { row: text.toLowerCase(), json: JSON.stringify(text) };
  };

const spellCode =
  (marker: string): Spell =>
  (random, number) => {
    const text = random.pick([`${marker}-Code${number}`, `${marker}-code${number}`]);
    return { row: text, json: JSON.stringify(text) };
  };

const spellNumber: Spell = (random, number, { unknownFields }) => {
  const plain = `${1000 + number}`;
  const forms = [plain, `"${plain}"`, `${plain}.0`, `"${plain}.0"`, `${plain}e0`, `"${plain}e0"`];
  // Unless the field is described, it is not known to be a number.
  return { row: plain, json: unknownFields === 'send' ? plain : random.pick(forms) };
};

const spellId: Spell = (random, number) => {
  const form = random.pick(['id', 'id15']);
  return { row: `row ${number}`, json: `"‹${form} ${number}›"` };
};

/** Draws the key of a record of the row of that number; null where records have no keys. */
export function drawKey(
  random: Random,
  number: number,
  { setup, marker }: { readonly setup: GivenSetup; readonly marker: string },
): GivenKey | null {
  const { keyField } = setup;
  if (keyField === null) return null;
  const spells = {
    Id: spellId,
    ExternalId__c: spellText(marker),
    Code__c: spellCode(marker),
    Number__c: spellNumber,
  };
  return { name: keyField, ...spells[keyField](random, number, setup) };
}
