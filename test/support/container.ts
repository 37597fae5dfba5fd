import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SQSClient } from '@aws-sdk/client-sqs';
import { localClient } from '../../local/aws/local-client.ts';
import { ErrantQueue } from '../../src/errant/queue.ts';
import { LedgerTable } from '../../src/ledger/table.ts';
import { awsClientOptions } from '../../src/runtime/aws-client.ts';
import { delayed, type Latency, timedOut } from './latency.ts';
import { Lifetime } from './lifetime.ts';
import { type ServiceName, type Services, secretId } from './services.ts';
import { type GivenSink, sinkTo } from './sink.ts';

/** A delivery guarantee and the settings for it. */
export interface Mode {
  readonly name: string;
  readonly ledger: boolean;
  readonly settings: Readonly<Record<string, string>>;
}

/** An execution environment of the function. */
export interface Container {
  readonly sink: GivenSink;
  readonly lifetime: Lifetime;
  close(): void;
}

interface Middlewares {
  add(middleware: unknown, options: unknown): void;
}

/**
 * What the SDK would otherwise look for in variables and files, in vain, for every client: most of the
 * work of making one.
 */
const defaults = {
  defaultsMode: 'legacy',
  retryMode: 'standard',
  useDualstackEndpoint: false,
  useFipsEndpoint: false,
  userAgentAppId: '',
} as const;

/** SDK clients whose attempts end with the lifetime. */
function awsClients(services: Services, lifetime: Lifetime) {
  const client = (service: ServiceName) => ({
    ...defaults,
    authSchemePreference: [],
    ...localClient,
    ...awsClientOptions,
    endpoint: services.proxies[service].url,
  });
  const secrets = new SecretsManagerClient(client('secrets'));
  const dynamo = new DynamoDBClient(client('ledger'));
  const sqs = new SQSClient(client('queue'));
  const late = () => Object.assign(new Error('no reply'), { name: 'TimeoutError' });
  for (const { middlewareStack } of [secrets, dynamo, sqs]) {
    const gate = (next: () => Promise<unknown>) => lifetime.guarded(next, late);
    (middlewareStack as Middlewares).add(gate, { step: 'finalizeRequest', priority: 'low' });
  }
  return { secrets, dynamo, sqs };
}

/** A lifetime that a test can end, and the latency of the network. */
export interface ContainerParts {
  readonly lifetime?: Lifetime;
  readonly latency?: Latency;
}

/** Starts a container of the function `sinkName`, as Lambda does after a kill. */
export function startContainer(
  services: Services,
  mode: Mode,
  sinkName: string,
  { lifetime = new Lifetime(), latency = () => 0 }: ContainerParts = {},
): Container {
  const { secrets, dynamo, sqs } = awsClients(services, lifetime);
  const { SALESFORCE_OPERATION: operation = 'insert' } = mode.settings;
  const table = {
    tableName: services.table.tableName,
    sink: sinkName,
    now: Date.now,
    sleep: async () => undefined,
  };
  const sink = sinkTo(services.proxies.salesforce.url, mode.settings, {
    guard: ({ send, clock }) => ({
      send: lifetime.guarded(delayed(send, clock, latency), (request) => timedOut(clock, request)),
      clock: { ...clock, sleep: lifetime.guarded(clock.sleep, null) },
    }),
    readSecret: async () =>
      (await secrets.send(new GetSecretValueCommand({ SecretId: secretId }))).SecretString,
    reporter: new ErrantQueue({
      client: sqs,
      queueUrl: services.queue.queueUrl.replace(services.queue.url, services.proxies.queue.url),
      origin: { sink: sinkName, object: 'Contact', operation },
    }),
    ...(mode.ledger ? { ledger: new LedgerTable({ client: dynamo, ...table }) } : {}),
  });
  return {
    ...{ sink, lifetime },
    close() {
      for (const one of [secrets, dynamo, sqs]) one.destroy();
    },
  };
}
