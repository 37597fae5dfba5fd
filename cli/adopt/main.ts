// Turns a connector of Aiven's Salesforce sink into an entry of a sinks file:
// npm run adopt -- salesforce_sink_connector.json
import { runHere } from '../command.ts';
import { runAdopt } from './run.ts';

await runHere(runAdopt);
