import { z } from 'zod';

const finding = z.object({
  check: z.string(),
  state: z.enum(['good', 'bad', 'open']),
  says: z.string(),
  remedy: z.string().nullable(),
});

const diagnosis = z.object({
  sinks: z.array(z.object({ functionName: z.string(), findings: z.array(finding) })),
});

/** One line of what the doctor found. */
export type Finding = z.output<typeof finding>;
/** What the doctor found, sink by sink. */
export type Diagnosis = z.output<typeof diagnosis>;

/**
 * Reads the doctor's answer.
 *
 * Throws Error when it is something else.
 */
export function readDiagnosis(payload: unknown): Diagnosis {
  const read = diagnosis.safeParse(payload);
  if (read.success) return read.data;
  throw new Error('The doctor answers in a way that this command does not know. Deploy the stage.');
}

/** Whether nothing bad was found. */
export function isHealthy({ sinks }: Diagnosis): boolean {
  return sinks.every(({ findings }) => findings.every(({ state }) => state !== 'bad'));
}
