import { quoted } from '../../infra/shell.ts';
import type { Adoption } from './adopt.ts';

/** The file of a connector, and the stage of its sinks. */
interface Handover {
  readonly path: string;
  readonly stage: string;
}

const client = 'clientId: ."salesforce.client.id", clientSecret: ."salesforce.client.secret"';

/** A password may contain colons, a user of basic authentication none. */
const registry = 'schemaRegistryUser: $login[0], schemaRegistryPassword: ($login[1:] | join(":"))';

/** How the credentials of a connector get into the secret of its sinks; without the credentials. */
export function credentialLines(
  { credentials: state, registryLogin }: Adoption,
  { path, stage }: Handover,
): string[] {
  const command = `npm run secret -- --stage ${stage}`;
  if (state === 'given') {
    return [
      `  jq '${filter(registryLogin)}' ${quoted(path)} | ${command}`,
      '  stores them in Secrets Manager without showing them. Then remove them from the file.',
    ];
  }
  const provider = `a config provider (\${provider:…})`;
  if (registryLogin === null) {
    const where = state === 'missing' ? 'The connector has none' : `They are in ${provider}`;
    return [`  ${where}. ${command} asks for them.`];
  }
  const where = state === 'missing' ? 'missing from the file' : `in ${provider}`;
  return [
    `  A part is ${where}, and the login of the registry becomes schemaRegistryUser and`,
    `  schemaRegistryPassword in the same secret. ${command} asks for all four.`,
  ];
}

function filter(registryLogin: string | null): string {
  const config = '(.config // .)';
  return registryLogin === null
    ? `${config} | {${client}}`
    : `${config} | (."${registryLogin}" | split(":")) as $login | {${client}, ${registry}}`;
}
