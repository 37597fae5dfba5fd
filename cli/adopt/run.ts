import { stringify } from 'yaml';
import { stageName } from '../../infra/osls-options.ts';
import type { Command, CommandIo } from '../command.ts';
import { parseCommandLine } from '../command-line.ts';
import { readTextFile } from '../read-file.ts';
import { type Adoption, adopt } from './adopt.ts';
import { readConnector } from './connector.ts';
import { credentialLines } from './credentials.ts';

const usage = `Usage: npm run adopt -- CONNECTOR.json [--stage STAGE]

Reads the JSON of a connector of Aiven's Salesforce sink, as Kafka Connect's REST API takes it or the
configuration alone. Prints the entry for infra/sinks/STAGE.yml (default: dev), the command that
stores its credentials in Secrets Manager, and what differs. It prints no credentials.`;

const handover = [
  '  Stop the connector and let its last flush end. The sink continues in the same consumer group,',
  '  where the connector stopped; a new group would write the whole topic again.',
];

const oneFile = 'Name one file, the JSON of the connector: npm run adopt -- CONNECTOR.json';

/** `npm run adopt`: prints the entry of a sinks file; 1 if there is no connector to read. */
export const runAdopt: Command = async (args, io) => {
  try {
    const { values, positionals } = parseCommandLine('adopt', {
      args: [...args],
      allowPositionals: true,
      options: { stage: { type: 'string', default: 'dev' }, help: { type: 'boolean', short: 'h' } },
    });
    const [path, second] = positionals;
    if (values.help) io.print(usage);
    else if (path === undefined || second !== undefined) throw new Error(oneFile);
    else show(path, stageName(values.stage), io);
    return 0;
  } catch (error) {
    io.complain(`${error instanceof Error ? error.message : error}\nTry npm run adopt -- --help.`);
    return 1;
  }
};

function show(path: string, stage: string, { print, complain }: CommandIo): void {
  const adoption = read(path);
  const { sinks, warnings } = adoption;
  print(`# For infra/sinks/${stage}.yml, under "sinks". Set the cluster under "shared".`);
  print(stringify(sinks, { lineWidth: 100, aliasDuplicateObjects: false }).trimEnd());
  complain(['', 'Credentials', ...credentialLines(adoption, { path, stage })].join('\n'));
  complain(['', 'Before the first deployment', ...handover].join('\n'));
  if (warnings.length === 0) return;
  complain(['', 'Differences', ...warnings.map((warning) => `  ! ${warning}`)].join('\n'));
}

function read(path: string): Adoption {
  const text = readTextFile(path);
  try {
    return adopt(readConnector(text));
  } catch (error) {
    throw new Error(`${path} cannot be adopted: ${error instanceof Error ? error.message : error}`);
  }
}
