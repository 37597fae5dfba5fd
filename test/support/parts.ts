import { appendFileSync } from 'node:fs';

/** What some tests need of a machine and not every machine has. docs: CONTRIBUTING.md, "Parts". */
export const parts = {
  'cfn-lint': 'the template of CloudFormation',
  clients: "other people's Salesforce clients",
  kafka: 'brokers of the tests themselves, beside the one of the suite',
  lambda: "Lambda's own runtime",
  moto: 'another implementation of AWS',
  history: 'an older version of this project, from the history of git',
  terminal: 'a pseudo-terminal',
} as const;

/** A name of a part. */
export type Part = keyof typeof parts;

/** The parts that `REQUIRE` names, separated by commas. Throws for a name that is none. */
export function requiredParts(text: string): Part[] {
  const names = text.split(',').flatMap((name) => (name.trim() === '' ? [] : [name.trim()]));
  const unknown = names.find((name) => !Object.hasOwn(parts, name));
  if (unknown === undefined) return names as Part[];
  throw new Error(`REQUIRE: ${unknown} is none of ${Object.keys(parts).join(', ')}`);
}

/**
 * Whether tests of a part can run: `lacks` is null, or what the machine lacks for it.
 *
 * Throws if the part lacks something and `REQUIRE` names it, so that nothing is skipped unnoticed where
 * all is installed. Otherwise a line about it goes into the file that `SKIPPED` names.
 */
export function hasPart(part: Part, lacks: string | null): boolean {
  if (lacks === null) return true;
  if (requiredParts(process.env['REQUIRE'] ?? '').includes(part)) {
    throw new Error(`REQUIRE names ${part}, whose tests cannot run: ${lacks}`);
  }
  const file = process.env['SKIPPED'];
  if (file !== undefined) appendFileSync(file, `${part} (${parts[part]}): ${lacks}\n`);
  return false;
}
