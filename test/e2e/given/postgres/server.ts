import { execFile } from 'node:child_process';
import { chown, mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import postgres, { type Sql } from 'postgres';
import { freePorts } from '../process/free-ports.ts';
import { guarded, startGuarded } from '../process/guarded-process.ts';
import { postgresBinaries } from './binaries.ts';

const execute = promisify(execFile);

/** A PostgreSQL with logical decoding, and a client of it that is a superuser. */
export interface PostgresServer {
  port: number;
  sql: Sql;
  /** Ends it and removes its disk. */
  stop(): Promise<void>;
}

/** The superuser, who needs no password. */
export const postgresUser = 'postgres';

/** Nothing here has to survive a failure of the machine. */
const settings = [
  'wal_level=logical',
  'listen_addresses=127.0.0.1',
  'unix_socket_directories=',
  'fsync=off',
  'timezone=UTC',
].flatMap((setting) => ['-c', setting]);

/** Starts a server on a free port. Rejects with what to install, or with what the server says. */
export async function startPostgres(): Promise<PostgresServer> {
  const directory = await realpath(await mkdtemp(join(tmpdir(), 'msk-salesforce-sink-postgres-')));
  try {
    return await startIn(directory);
  } catch (error) {
    await rm(directory, { recursive: true, force: true });
    throw error;
  }
}

async function startIn(directory: string): Promise<PostgresServer> {
  const binaries = await postgresBinaries(directory);
  const asUser = await unprivileged(directory);
  const data = join(directory, 'data');
  const options = ['--username', postgresUser, '--auth', 'trust', '--no-sync'];
  const [file = '', ...args] = [...asUser, `${binaries}initdb`, '-D', data, ...options];
  await execute(file, [...args, '--encoding', 'UTF8', '--locale', 'C'], { cwd: directory });
  const [port = 0] = await freePorts(1);
  const command = [...asUser, `${binaries}postgres`, '-D', data, '-p', String(port), ...settings];
  const quiet = { max: 1, onnotice: () => undefined, connect_timeout: 5 };
  const sql = postgres({ host: '127.0.0.1', port, user: postgresUser, ...quiet });
  const server = await startGuarded({
    name: 'PostgreSQL',
    commandLine: guarded(directory, command),
    answers: () => sql`select 1`,
  });
  return {
    ...{ port, sql },
    async stop() {
      await sql.end();
      await server.end('INT');
      await server.remove();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

/**
 * The command in front of PostgreSQL's, which refuse to run as root: there they run as `nobody`,
 * who gets the directory.
 */
async function unprivileged(directory: string): Promise<string[]> {
  if (process.getuid?.() !== 0) return [];
  const [uid, gid] = await Promise.all(
    ['-u', '-g'].map(async (option) => Number((await execute('id', [option, 'nobody'])).stdout)),
  );
  await chown(directory, uid ?? 0, gid ?? 0);
  return ['setpriv', `--reuid=${uid}`, `--regid=${gid}`, '--clear-groups'];
}
