import { randomBytes } from 'node:crypto';
import type { App } from './app.ts';

/** What the sessions of an org need: a clock in epoch ms and how long a session lasts unused. */
export interface SessionSettings {
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
 * The access tokens of an org. A token is a session: it lives for a time after its last use, and
 * nothing tells the client how long ("Session settings", Salesforce Help).
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

  /** The app that the token was issued to, or null when it is not valid; using it prolongs it. */
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

  /** When the token ends if it stays unused, epoch ms; null for an invalid token. */
  expiry(token: string): number | null {
    const session = this.#sessions.get(token);
    return session ? session.lastUse + this.#settings.lifetimeMs : null;
  }

  /** The app that the token was issued to, or null; looking does not prolong it. */
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
