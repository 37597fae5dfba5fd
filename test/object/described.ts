import account from 'salesforce-bulk-emulator/objects/Account.json' with { type: 'json' };
import kase from 'salesforce-bulk-emulator/objects/Case.json' with { type: 'json' };
import contact from 'salesforce-bulk-emulator/objects/Contact.json' with { type: 'json' };
import user from 'salesforce-bulk-emulator/objects/User.json' with { type: 'json' };
import { descriptionOf, type ObjectDescription } from '../../src/object/description.ts';

const sources = { Account: account, Case: kase, Contact: contact, User: user };

/** The emulator's description of an object, with changes. */
export function described(name: keyof typeof sources, changes: object = {}): ObjectDescription {
  const description = descriptionOf({ ...sources[name], ...changes });
  if (description === null) throw new Error(`${name} is not a description`);
  return description;
}

/** The objects that lookups refer to and that the run-as user may describe. */
export const parents = new Map(
  (['Account', 'Contact', 'User'] as const).map((name) => [name.toLowerCase(), described(name)]),
);
