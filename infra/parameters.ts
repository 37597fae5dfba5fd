import { z } from 'zod';
import { type Setting, settings } from '../src/settings.ts';

/** Stands in a stage file for a value that only its owner knows. */
const PLACEHOLDER = /PLACEHOLDER/;

const CLUSTER_ARN = /^arn:aws[a-z-]*:kafka:([a-z0-9-]+):\d{12}:cluster\/[^/\s]+\/[^/\s]+$/;

/** What `custom.sink` of serverless.yml holds when all is well; numbers may arrive as text. */
const parameters = z.object({
  clusterArn: text(CLUSTER_ARN, 'the ARN of an MSK cluster, arn:aws:kafka:…:cluster/name/uuid'),
  topic: text(/^(?!\.{1,2}$)[\w.-]{1,249}$/, 'the name of a Kafka topic'),
  salesforceUri: fromSetting(settings.SALESFORCE_URI, /^https:/),
  salesforceObject: fromSetting(settings.SALESFORCE_OBJECT, /./),
  batchSize: wholeNumber(1, 10_000),
  batchingWindow: wholeNumber(0, 300),
  startingPosition: z.enum(['TRIM_HORIZON', 'LATEST'], { error: 'takes TRIM_HORIZON or LATEST' }),
  consumerGroup: text(
    /^[\w\-/*:+=.@]{1,200}$/,
    'at most 200 letters, digits and characters of - _ / * : + = . @',
  ),
  secretName: text(/^[\w/+=.@-]{1,512}$/, 'the name of a secret'),
});

/**
 * What is wrong with the parameters of a stage: one sentence for each of them, none when all is
 * well. `region` is where the stack goes; a mapping reads a cluster of its own region only.
 */
export function parameterProblems(
  custom: Readonly<Record<string, unknown>>,
  region: string,
): string[] {
  const parsed = parameters.safeParse(custom);
  const problems = (parsed.error?.issues ?? []).map(({ path, message }) => {
    const name = String(path[0]);
    return `${name} ${message}; it is ${shown(custom[name])}`;
  });
  const clusterRegion = CLUSTER_ARN.exec(String(custom['clusterArn']))?.[1] ?? region;
  if (clusterRegion === region) return problems;
  return [...problems, `region is ${region}, but the cluster of clusterArn is in ${clusterRegion}`];
}

/** The names of the parameters that still hold a placeholder. */
export function placeholders(custom: Readonly<Record<string, unknown>>): string[] {
  return Object.keys(custom).filter((name) => PLACEHOLDER.test(String(custom[name])));
}

function text(pattern: RegExp, takes: string) {
  return z.string({ error: `takes ${takes}` }).regex(pattern, `takes ${takes}`);
}

function wholeNumber(min: number, max: number) {
  const error = `takes a whole number from ${min} to ${max}`;
  return z.coerce
    .number({ error })
    .refine((n) => Number.isInteger(n) && n >= min && n <= max, error);
}

/** The check that the function makes when it starts, made before it is deployed; and `pattern`. */
function fromSetting({ schema, takes }: Setting<string>, pattern: RegExp) {
  const holds = (value: string) => pattern.test(value) && schema.safeParse(value).success;
  return z.string({ error: `takes ${takes}` }).refine(holds, `takes ${takes}`);
}

function shown(value: unknown): string {
  return value === '' || value == null ? 'missing' : JSON.stringify(value);
}
