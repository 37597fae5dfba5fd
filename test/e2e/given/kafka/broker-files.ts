import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Program, Programs } from './programs.ts';

const execute = promisify(execFile);

/** The ports of a broker, one for each way to reach it. */
export interface Ports {
  plain: number;
  sasl: number;
  tls: number;
  saslTls: number;
  control: number;
}

/** Where a broker is reached, and its place in its cluster. */
export interface Place {
  ports: Ports;
  member: Member;
}

/**
 * The one user that a broker of the suite knows, with PLAIN and both kinds of SCRAM. With OAUTHBEARER
 * it takes any unsigned token that has not expired.
 */
export const user = { username: 'ann', password: 'ann-secret' } as const;

const storePassword = 'store-secret';

/** A broker's place in its cluster. */
export interface Member {
  id: number;
  /** The control port of each broker of the cluster, from the id 1 on. */
  controls: readonly number[];
}

/** The settings of a broker by its place: internal topics have a replica on each. */
function memberProperties({ id, controls }: Member): string[] {
  const voters = controls.map((port, index) => `${index + 1}@127.0.0.1:${port}`);
  const replicas = controls.length;
  const inSync = Math.ceil(replicas / 2);
  const topics = ['offsets.topic', 'transaction.state.log', 'share.coordinator.state.topic'];
  return [
    `node.id=${id}`,
    `controller.quorum.voters=${voters.join(',')}`,
    ...topics.flatMap((topic) => [
      `${topic}.num.partitions=4`,
      `${topic}.replication.factor=${replicas}`,
    ]),
    `transaction.state.log.min.isr=${inSync}`,
    `share.coordinator.state.topic.min.isr=${inSync}`,
    `min.insync.replicas=${inSync}`,
  ];
}

/** The `server.properties` of a broker in KRaft mode. */
function serverProperties(directory: string, { ports, member }: Place, bind: string): string {
  const listeners = {
    PLAINTEXT: ports.plain,
    SASL_PLAINTEXT: ports.sasl,
    SSL: ports.tls,
    SASL_SSL: ports.saslTls,
  };
  const at = (host: string) =>
    Object.entries(listeners).map(([name, port]) => `${name}://${host}:${port}`);
  const jaas = ['sasl_plaintext', 'sasl_ssl'].flatMap((listener) => {
    const prefix = `listener.name.${listener}`;
    const security = 'org.apache.kafka.common.security';
    const scram = `${security}.scram.ScramLoginModule required;`;
    return [
      `${prefix}.plain.sasl.jaas.config=${security}.plain.PlainLoginModule required user_${user.username}="${user.password}";`,
      `${prefix}.scram-sha-256.sasl.jaas.config=${scram}`,
      `${prefix}.scram-sha-512.sasl.jaas.config=${scram}`,
      `${prefix}.oauthbearer.sasl.jaas.config=${security}.oauthbearer.OAuthBearerLoginModule required;`,
    ];
  });
  return [
    'process.roles=broker,controller',
    ...memberProperties(member),
    `listeners=${[...at(bind), `CONTROLLER://127.0.0.1:${ports.control}`].join(',')}`,
    `advertised.listeners=${at('localhost').join(',')}`,
    'controller.listener.names=CONTROLLER',
    'listener.security.protocol.map=CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT,SASL_PLAINTEXT:SASL_PLAINTEXT,SSL:SSL,SASL_SSL:SASL_SSL',
    'inter.broker.listener.name=PLAINTEXT',
    `log.dirs=${join(directory, 'data')}`,
    'group.initial.rebalance.delay.ms=0',
    'auto.create.topics.enable=false',
    // Before a killed broker is let back in, its old session has to be over.
    'broker.session.timeout.ms=2000',
    'broker.heartbeat.interval.ms=500',
    'log.cleaner.backoff.ms=200',
    `ssl.keystore.location=${join(directory, 'broker.p12')}`,
    `ssl.keystore.password=${storePassword}`,
    'ssl.keystore.type=PKCS12',
    'sasl.enabled.mechanisms=PLAIN,SCRAM-SHA-256,SCRAM-SHA-512,OAUTHBEARER',
    ...jaas,
    '',
  ].join('\n');
}

/**
 * Writes what a broker begins with: its settings, a certificate and a formatted disk with the user.
 *
 * Resolves with the certificate as PEM, which is its own authority.
 */
export async function prepareBroker(
  programs: Programs,
  directory: string,
  place: Place,
): Promise<string> {
  const settings = join(directory, 'server.properties');
  await writeFile(settings, serverProperties(directory, place, programs.bind));
  const run = async (program: Program, ...args: string[]) => {
    const [file = '', ...rest] = programs.commandLine({ program, args, directory, ports: [] });
    await execute(file, rest);
  };
  const store = ['-keystore', join(directory, 'broker.p12'), '-storepass', storePassword];
  const names = ['-dname', 'CN=localhost', '-ext', 'san=dns:localhost,ip:127.0.0.1'];
  const key = ['-alias', 'broker', '-storetype', 'PKCS12', '-keyalg', 'RSA', '-validity', '2'];
  await run('keytool', '-genkeypair', ...key, ...names, ...store);
  const certificate = join(directory, 'broker.pem');
  await run('keytool', '-exportcert', '-rfc', '-alias', 'broker', '-file', certificate, ...store);
  const secret = `[name=${user.username},password=${user.password}]`;
  const users = ['256', '512'].flatMap((bits) => ['--add-scram', `SCRAM-SHA-${bits}=${secret}`]);
  await run('storage', 'format', '--cluster-id', clusterId, '--config', settings, ...users);
  return await readFile(certificate, 'utf8');
}

const clusterId = 'MkU3OEVBNTcwNTJENDM2Qk';
