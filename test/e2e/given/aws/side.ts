import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { CreateSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { CreateQueueCommand, SQSClient } from '@aws-sdk/client-sqs';
import { localClient } from '../../../../local/aws/local-client.ts';
import {
  emulatorApp,
  secretName,
  startEnvironment,
} from '../../../../local/environment/environment.ts';
import { startAllServers } from '../../../../local/environment/servers.ts';
import { startMoto } from '../moto/moto.ts';

/** An AWS of one implementation, with a secret, a ledger table and an errant queue. */
export interface AwsSide {
  readonly secrets: SecretsManagerClient;
  readonly dynamo: DynamoDBClient;
  readonly sqs: SQSClient;
  readonly secretId: string;
  readonly tableName: string;
  readonly queueUrl: string;
  /** What the SDK clients of a function take to reach it. */
  readonly environment: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

function clients(endpoints: { secrets: string; dynamo: string; sqs: string }) {
  const to = (endpoint: string) => ({ ...localClient, endpoint, maxAttempts: 1 });
  return {
    secrets: new SecretsManagerClient(to(endpoints.secrets)),
    dynamo: new DynamoDBClient(to(endpoints.dynamo)),
    sqs: new SQSClient(to(endpoints.sqs)),
  };
}

/** The stand-ins from npm that `npm run local` and the tests use. */
export async function startNpmSide(): Promise<AwsSide> {
  const servers = await startEnvironment(await startAllServers());
  const { ledgerTable, errantQueue, secretsManager, endpoints } = servers;
  return {
    ...clients({ secrets: secretsManager.url, dynamo: ledgerTable.url, sqs: errantQueue.url }),
    ...{ secretId: secretName, tableName: ledgerTable.tableName, queueUrl: errantQueue.queueUrl },
    environment: endpoints,
    close: () => servers.close(),
  };
}

/** moto, which has another implementation of each. */
export async function startMotoSide(): Promise<AwsSide> {
  const { url, environment, stop } = await startMoto();
  const made = clients({ secrets: url, dynamo: url, sqs: url });
  const tableName = 'ledger';
  const SecretString = JSON.stringify(emulatorApp);
  await made.secrets.send(new CreateSecretCommand({ Name: secretName, SecretString }));
  await made.dynamo.send(
    new CreateTableCommand({
      TableName: tableName,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
    }),
  );
  const { QueueUrl = '' } = await made.sqs.send(new CreateQueueCommand({ QueueName: 'errant' }));
  return {
    ...made,
    ...{ secretId: secretName, tableName, queueUrl: QueueUrl, environment, close: stop },
  };
}
