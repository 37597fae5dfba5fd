import type { Choice } from './choice/choice.ts';
import { CHOICES } from './choices.ts';

/** The text printed after the start, with commands to paste. */
export function startText(url: string): string {
  return `Salesforce emulator: ${url}

  client id       local-client
  client secret   local-secret

A token:
  curl -s ${url}/services/oauth2/token -d grant_type=client_credentials \\
    -d client_id=local-client -d client_secret=local-secret

Its records, jobs and requests:
  curl -s ${url}/__emulator/records/Contact
  curl -s ${url}/__emulator/jobs
  curl -s ${url}/__emulator/requests

A fault: the next upload takes effect, but its reply is lost:
  curl -s ${url}/__emulator/faults \\
    -d '{"call":"upload","when":"after","action":{"kind":"reset"}}'

A new org:
  curl -s -X POST ${url}/__emulator/reset

Stop with Ctrl-C.
`;
}

/** The help text. */
export function usage(): string {
  const choices = Object.entries<Choice>(CHOICES)
    .map(([name, choice]) => `  ${name.padEnd(28)}${choice.options.join(' | ')}`)
    .join('\n');
  return `A Salesforce org on this machine, for Bulk API 2.0 ingest.

Usage: salesforce-bulk-emulator [options]

  --port <number>           4010; 0 for any free port
  --host <address>          127.0.0.1
  --pace <pace>             lifelike (default), fast, slow, or milliseconds
                            queue,chunk[,reply] such as 1000,250,40
  --seed <number>           seed of every order that is undefined in an org
  --objects <folder>        describe results of your org, one .json file each
  --api-limit <number>      API calls in 24 hours (100000)
  --token-minutes <number>  minutes until an unused token expires (120)
  --choice <name>=<option>  behaviour that Salesforce does not document:

${choices}
`;
}
