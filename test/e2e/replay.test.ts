import { SQSClient } from '@aws-sdk/client-sqs';
import { expect, onTestFinished, test } from 'vitest';
import { lambdaClient } from '../../cli/invoke.ts';
import { errantQueue } from '../../cli/replay/queue.ts';
import { ErrantReplay } from '../../cli/replay/replay.ts';
import { invokeSink } from '../../cli/replay/sink-function.ts';
import { startFunctions } from '../../local/aws/functions.ts';
import { localClient } from '../../local/aws/local-client.ts';
import { eventOf, eventRecord } from '../support/event.ts';
import { hasPart } from '../support/parts.ts';
import { startServices } from '../support/services.ts';
import { noOld, sinkSettings } from './given/sink-versions.ts';

const name = 'sink-upsert';

/** The services of a sink, and its function behind the API of Lambda. */
async function given() {
  const services = await startServices();
  const functions = await startFunctions(() => undefined);
  const lambda = lambdaClient({ ...localClient, endpoint: functions.url });
  const client = new SQSClient({ ...localClient, endpoint: services.queue.url });
  onTestFinished(async () => {
    lambda.destroy();
    client.destroy();
    await functions.close();
    await services.close();
  });
  const deploy = (version: 'old' | 'new') =>
    functions.deploy(sinkSettings(services, version, 'upsert'));
  const deliver = async (records: readonly (readonly [offset: number, value: object])[]) => {
    const event = eventOf(records.map(([offset, value]) => eventRecord({ offset, value })));
    expect(await functions.invoke(name, event)).toMatchObject({ kind: 'returned' });
  };
  const replay = async (force: boolean, dryRun = false) => {
    const queue = errantQueue({
      ...{ client, queueUrl: services.queue.queueUrl, hiddenForSeconds: 600, waitSeconds: 0 },
    });
    const ports = { ...queue, invoke: (event: never) => invokeSink(lambda, name, event) };
    const run = new ErrantReplay(ports, {
      ...{ sink: name, code: null, dryRun, force, stopped: () => false },
      ...{ maxRecords: 100, maxBytes: 1_000_000 },
    });
    await run.run(() => undefined);
    return run.progress;
  };
  const titles = () =>
    services.org.records('Contact').map(({ LastName, Title }) => `${LastName} ${Title}`);
  return { services, deploy, deliver, replay, titles };
}

const contact = (key: string, fields: object) => ({ ExternalId__c: key, LastName: key, ...fields });

test.runIf(hasPart('history', noOld))(
  'what an old function reported is replayed by a new one; an old one gets nothing that it would write over newer rows',
  async () => {
    const { services, deploy, deliver, replay, titles } = await given();
    deploy('old');
    services.org.permit({ hidden: ['Contact.Department'] });
    await deliver([
      [0, contact('A', { Title: 'old', Department: 'D' })],
      [1, contact('B', { Title: 'only', Department: 'D' })],
    ]);
    services.org.permit({ hidden: [] });
    await deliver([[2, contact('A', { Title: 'new' })]]);
    await expect(replay(false)).rejects.toThrow('is older than this command');
    await expect(replay(false, true)).rejects.toThrow('or only count them, with --force');
    expect(await replay(true, true)).toMatchObject({ fit: 2, written: 0 });
    expect(titles()).toEqual(['A new']);
    expect(await services.queue.messages()).toHaveLength(2);

    deploy('new');
    expect(await replay(false, true)).toMatchObject({ fit: 1, outdated: [{ offset: 0 }] });
    expect(await replay(false)).toMatchObject({ written: 1, outdated: [{ offset: 0 }] });
    expect(titles()).toEqual(['A new', 'B only']);
    expect(await services.queue.messages()).toHaveLength(1);
    expect(await replay(true)).toMatchObject({ written: 1, outdated: [] });
    expect(titles()).toEqual(['A old', 'B only']);
    expect(await services.queue.messages()).toEqual([]);
  },
);
