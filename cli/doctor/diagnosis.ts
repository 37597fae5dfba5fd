import { z } from 'zod';

const finding = z.object({
  check: z.string(),
  state: z.enum(['passed', 'warned', 'failed', 'skipped']),
  detail: z.string(),
  remedy: z.string().nullable(),
});

const diagnosis = z.object({
  release: z.string(),
  sinks: z.array(
    z.object({
      functionName: z.string(),
      release: z.string().nullable(),
      findings: z.array(finding),
    }),
  ),
});

/** The result of one check. */
export type Finding = z.output<typeof finding>;
/** The results of the doctor by sink. */
export type Diagnosis = z.output<typeof diagnosis>;

/**
 * Parses the doctor's response.
 *
 * Throws Error when it has another form.
 */
export function readDiagnosis(payload: unknown): Diagnosis {
  const read = diagnosis.safeParse(payload);
  if (read.success) return read.data;
  throw new Error('The doctor is of another version than this command. Deploy the stage.');
}

/** Whether no check failed. */
export function isHealthy({ sinks }: Diagnosis): boolean {
  return sinks.every(({ findings }) => findings.every(({ state }) => state !== 'failed'));
}
