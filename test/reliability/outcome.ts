import { z } from 'zod';
import type { Services } from '../support/services.ts';
import type { GivenBatch } from './given-batch.ts';

/** What is in Salesforce and in the queue at the end, compared with what must be there. */
export interface EndState {
  /** Good rows that are not in Salesforce, and bad records that are not in the queue. */
  readonly lost: readonly string[];
  /** Rows that were written more than once, each as often as it is too many. */
  readonly repeated: readonly string[];
  /** What is in Salesforce or in the queue and should not be. */
  readonly unexpected: readonly string[];
}

const place = z.object({ topic: z.string(), partition: z.number(), offset: z.number() });

/** All but the first of those that are equal. */
function repetitionsIn(names: readonly string[]): string[] {
  return [...Map.groupBy(names, (name) => name).values()].flatMap((equal) => equal.slice(1));
}

/** Compares the end of a scenario with what must become of its batch. */
export async function endStateOf({ org, queue }: Services, batch: GivenBatch): Promise<EndState> {
  const { topic, good, bad } = batch;
  const writes = await batch.writesIn(org);
  const rows = batch.rowsIn(org);
  const reported = (await queue.messages())
    .map(({ body }) => place.parse(JSON.parse(body)))
    .filter((record) => record.topic === topic)
    .map(({ partition, offset }) => `${topic}-${partition}@${offset}`);
  return {
    lost: [
      ...good.filter((row) => !rows.includes(row)),
      ...bad.filter((record) => !reported.includes(record)),
    ],
    repeated: repetitionsIn(writes),
    unexpected: [
      ...rows.filter((row) => !good.includes(row)),
      ...reported.filter((record) => !bad.includes(record)),
    ],
  };
}
