import { execFile } from 'node:child_process';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';

/** What `--json` prints: `result` of a success, `actions` of a failure. */
interface Output {
  readonly status: number;
  readonly result?: unknown;
  /** What the user may do next. */
  readonly actions?: readonly string[];
}

/** Flags by name, without `--`. */
type Options = Readonly<Record<string, string>>;

/** The Salesforce CLI with a home and a working folder of its own, logged in to an org. */
export interface Cli {
  readonly folder: string;
  /** Runs a command; what it returned, also when it exits with an error. */
  run(command: string, options?: Options): Promise<Output>;
  /** Runs a command; what it printed for people. */
  text(command: string, options?: Options): Promise<string>;
}

const uri = process.env['SALESFORCE_URI'] ?? 'http://127.0.0.1:4010';
const client_id = process.env['SALESFORCE_CLIENT_ID'] ?? 'local-client';
const client_secret = process.env['SALESFORCE_CLIENT_SECRET'] ?? 'local-secret';

/**
 * Logs in with an access token, since the CLI has no client credentials flow. `SALESFORCE_CLI` is the
 * folder in which npm has installed `@salesforce/cli`.
 */
export async function connectCli(): Promise<Cli> {
  const folder = await mkdtemp(join(tmpdir(), 'salesforce-cli-'));
  const modules = join(process.env['SALESFORCE_CLI'] ?? '.', 'node_modules');
  const env = {
    ...process.env,
    HOME: folder,
    // The CLI starts itself by its name.
    PATH: [join(modules, '.bin'), dirname(process.execPath), process.env['PATH']].join(delimiter),
    SF_ACCESS_TOKEN: await requestToken(),
    SF_AUTOUPDATE_DISABLE: 'true',
    SF_DISABLE_LOG_FILE: 'true',
    SF_DISABLE_TELEMETRY: 'true',
    SF_SKIP_NEW_VERSION_CHECK: 'true',
  };
  const script = join(modules, '@salesforce/cli/bin/run.js');
  const execute = (args: readonly string[]) =>
    new Promise<string>((resolve, reject) => {
      execFile(process.execPath, [script, ...args], { env, cwd: folder }, (error, stdout) => {
        if (stdout === '') reject(error ?? new Error('sf printed nothing'));
        else resolve(stdout);
      });
    });
  const login = ['org', 'login', 'access-token', '--instance-url', uri, '--no-prompt'];
  await execute([...login, '--alias', 'org']);
  const text = (command: string, options: Options = {}) => {
    const all = { 'target-org': 'org', ...options };
    const flags = Object.entries(all).flatMap(([name, value]) => [`--${name}`, value]);
    return execute([...command.split(' '), ...flags]);
  };
  const run = async (command: string, options: Options = {}) => {
    const stdout = await text(`${command} --json`, options);
    return JSON.parse(stdout) as Output;
  };
  return { folder, run, text };
}

async function requestToken(): Promise<string> {
  const body = new URLSearchParams({ grant_type: 'client_credentials', client_id, client_secret });
  const response = await fetch(`${uri}/services/oauth2/token`, { method: 'POST', body });
  return ((await response.json()) as { access_token: string }).access_token;
}
