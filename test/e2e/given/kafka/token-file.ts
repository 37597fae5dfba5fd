import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** A file with a token that the suite's broker takes, and the tokens that it has had. */
export interface TokenFile {
  path: string;
  tokens: readonly string[];
  /** Replaces the token by one that is valid for as long as the first. */
  renew(): void;
}

/** Makes a file with an unsigned token that expires after so many seconds. */
export function givenTokenFile(seconds: number): TokenFile {
  const directory = mkdtempSync(join(tmpdir(), 'token-file-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  const path = join(directory, 'token.jwt');
  const tokens: string[] = [];
  const renew = () => {
    const token = unsignedToken(seconds);
    tokens.push(token);
    writeFileSync(`${path}.new`, `${token}\n`);
    renameSync(`${path}.new`, path);
  };
  renew();
  return { path, tokens, renew };
}

function unsignedToken(seconds: number): string {
  const now = Math.floor(Date.now() / 1000);
  const issued = Math.min(now, now + seconds - 1);
  const claims = { sub: 'ann', iat: issued, exp: now + seconds };
  const encoded = [{ alg: 'none' }, claims].map((part) =>
    Buffer.from(JSON.stringify(part)).toString('base64url'),
  );
  return `${encoded.join('.')}.`;
}
