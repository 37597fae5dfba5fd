import { readFileSync } from 'node:fs';

/** The description of Contact, with all fields of the benchmark's records. */
export const contactObject = JSON.parse(
  readFileSync(new URL('../emulator/objects/Contact.json', import.meta.url), 'utf8'),
) as object;
