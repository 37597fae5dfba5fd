import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SQSClient } from '@aws-sdk/client-sqs';
import { type Emulator, startEmulator } from '../../emulator/src/emulator.ts';
import {
  type ErrantQueue as QueueStandIn,
  startErrantQueue,
} from '../../local/aws/errant-queue.ts';
import {
  startLedgerTable,
  type LedgerTable as TableStandIn,
} from '../../local/aws/ledger-table.ts';
import { localClient } from '../../local/aws/local-client.ts';
import { startSecretsManager } from '../../local/aws/secrets-manager.ts';
import { ErrantQueue } from '../../src/errant/queue.ts';
import { LedgerTable } from '../../src/ledger/table.ts';
import { awsClient } from '../../src/runtime/aws-client.ts';
import { type FaultProxy, startFaultProxy } from '../support/fault-proxy/fault-proxy.ts';
import { type GivenSink, sinkTo } from '../support/sink.ts';
import { type Lag, lagging, tooLate } from './lag.ts';
import { Life } from './life.ts';

/** The services that a sink speaks to. */
export type Service = 'salesforce' | 'secrets' | 'ledger' | 'queue';

/** All that a sink speaks to, each behind a proxy that can break it. */
export interface World {
  readonly org: Emulator;
  readonly table: TableStandIn;
  readonly queue: QueueStandIn;
  readonly proxies: Readonly<Record<Service, FaultProxy>>;
  close(): Promise<void>;
}

const secretId = 'dev/salesforce';
const secretText = JSON.stringify({ clientId: 'local-client', clientSecret: 'local-secret' });

/** Starts a world. */
export async function startWorld(): Promise<World> {
  const org = await startEmulator();
  const secrets = await startSecretsManager({ [secretId]: secretText });
  const table = await startLedgerTable();
  const queue = await startErrantQueue();
  const proxies = {
    salesforce: await startFaultProxy(org.url, { rewriteOrigin: true }),
    secrets: await startFaultProxy(secrets.url),
    ledger: await startFaultProxy(table.url),
    queue: await startFaultProxy(queue.url),
  };
  return {
    ...{ org, table, queue, proxies },
    async close() {
      await Promise.all(Object.values(proxies).map((proxy) => proxy.close()));
      await Promise.all([org, secrets, table, queue].map((server) => server.close()));
    },
  };
}

/** What a sink promises, by its settings. */
export interface Mode {
  readonly name: string;
  readonly ledger: boolean;
  readonly settings: Readonly<Record<string, string>>;
}

/** A container of the function: its sink and its life. */
export interface Container {
  readonly sink: GivenSink;
  readonly life: Life;
  close(): void;
}

interface Middlewares {
  add(middleware: unknown, options: unknown): void;
}

/** The SDK's clients, each attempt of which ends with the life. */
function awsClients(world: World, life: Life) {
  const client = (service: Service) => ({
    ...localClient,
    ...awsClient,
    endpoint: world.proxies[service].url,
  });
  const secrets = new SecretsManagerClient(client('secrets'));
  const dynamo = new DynamoDBClient(client('ledger'));
  const sqs = new SQSClient(client('queue'));
  const late = () => Object.assign(new Error('no reply'), { name: 'TimeoutError' });
  for (const { middlewareStack } of [secrets, dynamo, sqs]) {
    const gate = (next: () => Promise<unknown>) => life.guarded(next, late);
    (middlewareStack as Middlewares).add(gate, { step: 'finalizeRequest', priority: 'low' });
  }
  return { secrets, dynamo, sqs };
}

/** What a container may be given: a life that ends in some way, and a slow network. */
export interface ContainerParts {
  readonly life?: Life;
  readonly lag?: Lag;
}

/** Starts a container of the function called `sinkName`, as Lambda does after a kill. */
export function startContainer(
  world: World,
  mode: Mode,
  sinkName: string,
  { life = new Life(), lag = () => 0 }: ContainerParts = {},
): Container {
  const { secrets, dynamo, sqs } = awsClients(world, life);
  const table = {
    tableName: world.table.tableName,
    sink: sinkName,
    now: Date.now,
    sleep: async () => undefined,
  };
  const sink = sinkTo(world.proxies.salesforce.url, mode.settings, {
    guard: ({ send, clock }) => ({
      send: life.guarded(lagging(send, clock, lag), (request) => tooLate(clock, request)),
      clock: { ...clock, sleep: life.guarded(clock.sleep, null) },
    }),
    readSecret: async () =>
      (await secrets.send(new GetSecretValueCommand({ SecretId: secretId }))).SecretString,
    reporter: new ErrantQueue({
      client: sqs,
      queueUrl: world.queue.queueUrl.replace(world.queue.url, world.proxies.queue.url),
      origin: { sink: sinkName, object: 'Contact', operation: 'insert' },
    }),
    ...(mode.ledger ? { ledger: new LedgerTable({ client: dynamo, ...table }) } : {}),
  });
  return {
    ...{ sink, life },
    close() {
      for (const one of [secrets, dynamo, sqs]) one.destroy();
    },
  };
}
