import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { cluster } from '../cluster.ts';

/** The certificate of the suite's broker, its own authority, as a file. */
export function authority(): string {
  const directory = mkdtempSync(join(tmpdir(), 'broker-authority-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  writeFileSync(join(directory, 'ca.pem'), cluster().doors?.certificate ?? '');
  return join(directory, 'ca.pem');
}
