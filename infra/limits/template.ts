import type { FunctionDefinition } from '../stack/functions.ts';
import type { Stack } from '../stack/stack.ts';

/** The bucket of the framework and its policy, and the lines around the resources, in bytes. */
const bucketBytes = 1500;

/** The keys and names that the framework adds to a function and its log group, in bytes. */
const functionBytes = 900;

/** The resources in the template of a stack, with those that the framework adds. */
export function resourceCount({ functions, resources }: Stack): number {
  const made = Object.values(functions);
  const schedules = made.flatMap(({ events }) => (events as readonly unknown[] | undefined) ?? []);
  // A function and its log group; a schedule and its permission; the bucket and its policy.
  return Object.keys(resources.Resources).length + 2 * made.length + 2 * schedules.length + 2;
}

/** The size of the template of a stack, in bytes; a little more than it has. */
export function templateBytes({ functions, resources }: Stack): number {
  const own = bytesOf(resources);
  const framework = Object.values(functions).map((one) => functionBytes + bytesOf(inTemplate(one)));
  return framework.reduce((sum, bytes) => sum + bytes, own + bucketBytes);
}

/** The parts of a function that a sinks file makes longer. */
const inTemplate = ({ name, description, environment, vpc }: FunctionDefinition) => [
  ...[name, name, name, description, environment, vpc],
];

const bytesOf = (value: unknown): number => Buffer.byteLength(JSON.stringify(value));
