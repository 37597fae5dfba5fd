import { appendFileSync } from 'node:fs';

/** What some tests need of a machine and not every machine has; CONTRIBUTING.md, "Parts of a machine". */
export const parts = {
  'cfn-lint': "CloudFormation's linter",
  clients: "other people's Salesforce clients",
  history: 'version 0.1.0, built from the history of git',
  kafka: 'brokers of a test of its own',
  lambda: "Lambda's own runtime",
  moto: 'another implementation of AWS',
  terminal: 'a pseudo terminal',
} as const;

/** The name of a part. */
export type Part = keyof typeof parts;

/** The parts that a value of `REQUIRE_PARTS` names. Throws Error for a name that is none. */
export function requiredParts(text: string): Part[] {
  const names = text.split(',').map((name) => name.trim());
  const known = Object.keys(parts) as Part[];
  if (names.includes('all')) return known;
  const unknown = names.find((name) => name !== '' && !Object.hasOwn(parts, name));
  if (unknown === undefined) return known.filter((part) => names.includes(part));
  throw new Error(`REQUIRE_PARTS: ${unknown} is none of all, ${known.join(', ')}`);
}

/**
 * Whether the tests of a part can run: `lacks` is null, or what the machine lacks for it.
 *
 * Throws Error for what is lacking if `REQUIRE_PARTS` names the part, so that nothing is skipped
 * unnoticed where all is installed. Otherwise it goes into the file that `SKIPPED_PARTS` names.
 */
export function hasPart(
  part: Part,
  lacks: string | null,
  variables: Readonly<Record<string, string | undefined>> = process.env,
): boolean {
  if (lacks === null) return true;
  const { REQUIRE_PARTS: required = '', SKIPPED_PARTS: file } = variables;
  if (requiredParts(required).includes(part)) {
    throw new Error(`REQUIRE_PARTS names ${part}, ${parts[part]}, which cannot run: ${lacks}`);
  }
  if (file !== undefined) appendFileSync(file, `${part}, ${parts[part]}: ${lacks}\n`);
  return false;
}
