import { execFile } from 'node:child_process';
import { readdir, readFile, readlink } from 'node:fs/promises';
import { promisify } from 'node:util';

const execute = promisify(execFile);

/** The processes of a runner's functions that there are now, by their ids. */
export async function functionsOf(runner: number | undefined): Promise<number[]> {
  const { stdout } = await execute('ps', ['-A', '-o', 'pid=,ppid=,args=']);
  return stdout.split('\n').flatMap((line) => {
    const [pid, parent] = line.trim().split(/\s+/, 2).map(Number);
    return pid !== undefined && parent === runner && line.includes('function-host') ? [pid] : [];
  });
}

/** Kills a process at once; false when it has ended already. */
export function killProcess(pid: number): boolean {
  try {
    return process.kill(pid, 'SIGKILL');
  } catch {
    return false;
  }
}

/** A connection over the loopback interface: the port that it comes from, and that of the server. */
export interface Connection {
  from: number;
  to: number;
}

/** Which of these processes has opened a connection; null for none of them. */
export async function openerOf(
  connection: Connection,
  pids: readonly number[],
): Promise<number | null> {
  return process.platform === 'linux'
    ? openerOnLinux(connection, pids)
    : openerByLsof(connection, pids);
}

/** Source: proc_net_tcp.rst of the Linux kernel: addresses in hexadecimal, the inode is the tenth. */
async function openerOnLinux({ from, to }: Connection, pids: readonly number[]) {
  const [client, server] = [from, to].map(
    (port) => `0100007F:${port.toString(16).toUpperCase().padStart(4, '0')}`,
  );
  const table = await readFile('/proc/net/tcp', 'latin1');
  const start = table.indexOf(`${client} ${server}`);
  if (start === -1) return null;
  const inode = table.slice(start, table.indexOf('\n', start)).split(/\s+/)[8];
  for (const pid of pids) {
    const files = await readdir(`/proc/${pid}/fd`).catch(() => []);
    const links = files.map((file) => readlink(`/proc/${pid}/fd/${file}`).catch(() => ''));
    if ((await Promise.all(links)).includes(`socket:[${inode}]`)) return pid;
  }
  return null;
}

async function openerByLsof({ from, to }: Connection, pids: readonly number[]) {
  const args = ['-nP', '-a', '-p', pids.join(','), `-iTCP:${from}`, '-Fpn'];
  const { stdout } = await execute('lsof', args).catch(() => ({ stdout: '' }));
  const found = stdout.split(/^p/m).find((text) => text.includes(`:${from}->127.0.0.1:${to}`));
  return found === undefined ? null : Number.parseInt(found, 10);
}
