import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type LocalDeployment, startDeployment } from '../../local/deployment/deployment.ts';
import type { KafkaEvent } from '../../src/kafka/event.ts';
import { eventOf, eventRecord } from '../support/event.ts';

let account: LocalDeployment;
beforeAll(async () => {
  account = await startDeployment();
});
afterAll(() => account.close());
beforeEach(() => account.emulator.reset());

const read = (file: string): KafkaEvent => JSON.parse(readFileSync(`examples/${file}`, 'utf8'));
const invoke = (event: KafkaEvent) => account.functions.invoke(account.sink.functionName, event);
const names = () => account.emulator.records('Contact').map(({ LastName }) => LastName);
/** The event with its record at another offset. */
const at = (event: KafkaEvent, offset: number): KafkaEvent => ({
  ...event,
  records: Object.fromEntries(
    Object.entries(event.records).map(([key, list]) => [
      key,
      list.map((record) => ({ ...record, offset })),
    ]),
  ),
});

const guide = readFileSync('docs/DEPLOY.md', 'utf8').split('\n### A test event\n')[1] ?? '';

describe.each(['test-event-msk.json', 'test-event-self-managed.json'])('examples/%s', (file) => {
  it('writes one row, and once only until its offset is changed, as the guide says', async () => {
    const event = read(file);
    expect(guide).toContain(file);
    const reply = await invoke(event);
    expect(reply).toMatchObject({ kind: 'returned' });
    expect('value' in reply && reply.value).toEqual({ batchItemFailures: [] });
    expect(guide).toContain(`\`${JSON.stringify({ batchItemFailures: [] })}\``);
    expect(names()).toEqual(['Test event']);
    await invoke(event);
    expect(names()).toEqual(['Test event']);
    await invoke(at(event, 1));
    expect(names()).toEqual(['Test event', 'Test event']);
  });

  it('keeps no record of a real topic from being written', async () => {
    const event = read(file);
    for (const offset of [0, 1, 2]) await invoke(at(event, offset));
    account.emulator.reset();
    const { topic } = Object.values(event.records).flat()[0]!;
    const real = [0, 1, 2].map((offset) =>
      // Even if somebody has a topic of that name.
      eventRecord({
        topic,
        offset,
        timestamp: 1_767_225_600_000,
        value: { LastName: `${offset}` },
      }),
    );
    expect(
      await invoke({ ...eventOf(real), eventSourceArn: `arn:aws:kafka:${file}` }),
    ).toMatchObject({ kind: 'returned' });
    expect(names()).toEqual(['0', '1', '2']);
  });
});

it('the guide shows a value in base64, and what it is', () => {
  const [, text = ''] = /printf '(.*)' \| base64 \| tr -d '\\n'`/.exec(guide) ?? [];
  const { value } = Object.values(read('test-event-msk.json').records).flat()[0]!;
  expect(Buffer.from(text).toString('base64')).toBe(value);
});
