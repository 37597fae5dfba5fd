import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { awsClientOptions } from '../runtime/aws-client.ts';
import { LedgerTable, type TableParts } from './table.ts';

/** The ledger in a table of this account, with the credentials of the environment. */
export const openLedgerTable = (parts: Omit<TableParts, 'client'>): LedgerTable =>
  new LedgerTable({ client: new DynamoDBClient(awsClientOptions), ...parts });
