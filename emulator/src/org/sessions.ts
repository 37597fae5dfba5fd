import { randomBytes } from 'node:crypto';
import type { App } from './app.ts';

/** A clock in epoch ms, and the milliseconds from the last use of a session to its expiry. */
interface SessionSettings {
  readonly now: () => number;
  readonly lifetimeMs: number;
  readonly organizationId: string;
  /** choice: repeated-login. */
  readonly repeatedLogin: 'new-token' | 'same-token';
}

interface Session {
  readonly app: App;
  /** Epoch ms. */
  lastUse: number;
}

/**
 * The access tokens of an org. A token expires some time after its last use, and clients do not
 * learn when ("Session settings", Salesforce Help).
 */
export class Sessions {
  readonly #settings: SessionSettings;
  readonly #sessions = new Map<string, Session>();

  constructor(settings: SessionSettings) {
    this.#settings = settings;
  }

  /** A token for the app. */
  issue(app: App): string {
    const { organizationId, repeatedLogin, now } = this.#settings;
    if (repeatedLogin === 'same-token') {
      for (const [token, session] of this.#sessions) {
        if (session.app.clientId === app.clientId && this.use(token)) return token;
      }
    }
    const secret = randomBytes(48).toString('base64url').replaceAll('-', '.');
    const token = `${organizationId.slice(0, 15)}!AQ${secret}`;
    this.#sessions.set(token, { app, lastUse: now() });
    return token;
  }

  /** The app of the token, or null when it is invalid; extends the session. */
  use(token: string): App | null {
    const now = this.#settings.now();
    const session = this.#sessions.get(token);
    if (!session) return null;
    if (now - session.lastUse >= this.#settings.lifetimeMs) {
      this.#sessions.delete(token);
      return null;
    }
    session.lastUse = now;
    return session.app;
  }

  /** When the token expires if unused, epoch ms; null for an invalid token. */
  expiry(token: string): number | null {
    const session = this.#sessions.get(token);
    return session ? session.lastUse + this.#settings.lifetimeMs : null;
  }

  /** The app of the token, or null; does not extend the session. */
  appOf(token: string): App | null {
    return this.#sessions.get(token)?.app ?? null;
  }

  /** Ends one session. */
  revoke(token: string): void {
    this.#sessions.delete(token);
  }

  /** Ends all sessions. */
  expireAll(): void {
    this.#sessions.clear();
  }
}
