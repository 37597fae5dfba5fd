import { type Sasl, saslMechanisms } from '../kafka-consumer/sasl.ts';
import type { Variables } from './logins.ts';
import { UsageError } from './usage-error.ts';

/** The options of a login, as `parseArgs` returns them. */
export interface SaslOptionValues {
  sasl?: string | undefined;
  username?: string | undefined;
  'token-file'?: string | undefined;
  region?: string | undefined;
}

type LoginOption = Exclude<keyof SaslOptionValues, 'sasl'>;

/** Which mechanisms each option is for. */
const usedBy = {
  username: ['PLAIN', 'SCRAM-SHA-256', 'SCRAM-SHA-512'],
  'token-file': ['OAUTHBEARER'],
  region: ['AWS_MSK_IAM'],
} as const satisfies Record<LoginOption, readonly Sasl['mechanism'][]>;

/** The login of a Kafka cluster; null: without authentication. Throws UsageError. */
export function readSasl(values: SaslOptionValues, variables: Variables): Sasl | null {
  const mechanism = readMechanism(values.sasl);
  for (const [option, mechanisms] of Object.entries(usedBy)) {
    const isUsed = mechanisms.some((one) => one === mechanism);
    if (values[option as LoginOption] !== undefined && !isUsed) {
      throw new UsageError(`--${option} is for --sasl ${mechanisms.join(', ')}.`);
    }
  }
  if (mechanism === null) return null;
  if (mechanism === 'AWS_MSK_IAM') return { mechanism, region: readRegion(values, variables) };
  if (mechanism !== 'OAUTHBEARER') return readPassword(mechanism, values.username, variables);
  const tokenFile = values['token-file'];
  if (tokenFile !== undefined) return { mechanism, tokenFile };
  throw new UsageError('--sasl OAUTHBEARER needs --token-file, a file with the token.');
}

function readMechanism(sasl: string | undefined): Sasl['mechanism'] | null {
  if (sasl === undefined) return null;
  const mechanism = saslMechanisms.find((name) => name === sasl.toUpperCase());
  if (mechanism !== undefined) return mechanism;
  throw new UsageError(`--sasl takes ${saslMechanisms.join(', ')}, not "${sasl}".`);
}

function readPassword(
  mechanism: (typeof usedBy)['username'][number],
  username: string | undefined,
  variables: Variables,
): Sasl {
  if (username === undefined) throw new UsageError(`--sasl ${mechanism} needs --username.`);
  const password = variables['KAFKA_PASSWORD'] ?? '';
  if (password !== '') return { mechanism, username, password };
  throw new UsageError(
    `--sasl ${mechanism} needs the password in the environment variable KAFKA_PASSWORD.`,
  );
}

function readRegion({ region }: SaslOptionValues, variables: Variables): string {
  const name = region ?? variables['AWS_REGION'] ?? '';
  if (/^[a-z]+(-[a-z]+)+-\d+$/.test(name)) return name;
  const source = region === undefined ? 'AWS_REGION' : '--region';
  throw new UsageError(
    name === ''
      ? '--sasl AWS_MSK_IAM needs the region of the cluster in --region or AWS_REGION.'
      : `${source} takes an AWS region, such as eu-west-1, not "${name}".`,
  );
}
