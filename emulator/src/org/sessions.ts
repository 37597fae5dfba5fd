import { randomBytes } from 'node:crypto';
import type { App } from './app.ts';
import { jwtToken } from './jwt-token.ts';

/** From the login to the end of a token in JWT format (Salesforce Help, default of the app). */
const JWT_LIFETIME_MS = 30 * 60 * 1000;

/** A clock in epoch ms, and the milliseconds from the last use of a session to its expiry. */
interface SessionSettings {
  readonly now: () => number;
  readonly lifetimeMs: number;
  readonly organizationId: string;
  readonly userId: string;
  /** choice: repeated-login. */
  readonly repeatedLogin: 'new-token' | 'same-token';
}

interface Session {
  readonly app: App;
  /** Epoch ms; uses move that of an opaque token. */
  expiresAt: number;
}

/**
 * The access tokens of an org. An opaque token expires some time after its last use, and clients do
 * not learn when ("Session settings", Salesforce Help). One in JWT format says when it expires.
 */
export class Sessions {
  readonly #settings: SessionSettings;
  readonly #sessions = new Map<string, Session>();

  constructor(settings: SessionSettings) {
    this.#settings = settings;
  }

  /** A token for the app, which logged in at the instance URL. */
  issue(app: App, instanceUrl: string): string {
    const { repeatedLogin } = this.#settings;
    if (repeatedLogin === 'same-token') {
      for (const [token, session] of this.#sessions) {
        if (session.app.clientId === app.clientId && this.use(token)) return token;
      }
    }
    return app.tokenFormat === 'jwt' ? this.#issueJwt(app, instanceUrl) : this.#issueOpaque(app);
  }

  #issueOpaque(app: App): string {
    const { organizationId, lifetimeMs, now } = this.#settings;
    const secret = randomBytes(48).toString('base64url').replaceAll('-', '.');
    const token = `${organizationId.slice(0, 15)}!AQ${secret}`;
    this.#sessions.set(token, { app, expiresAt: now() + lifetimeMs });
    return token;
  }

  #issueJwt(app: App, instanceUrl: string): string {
    const { organizationId, userId, now } = this.#settings;
    const { clientId, scope } = app;
    const issuedAt = now();
    const expiresAt = issuedAt + JWT_LIFETIME_MS;
    const owner = { instanceUrl, organizationId, userId };
    const token = jwtToken({ ...owner, clientId, scope, issuedAt, expiresAt });
    this.#sessions.set(token, { app, expiresAt });
    return token;
  }

  /** The app of the token, or null when it is invalid; extends the session of an opaque token. */
  use(token: string): App | null {
    const now = this.#settings.now();
    const session = this.#sessions.get(token);
    if (!session) return null;
    if (now >= session.expiresAt) {
      this.#sessions.delete(token);
      return null;
    }
    const { app } = session;
    if (app.tokenFormat === 'opaque') session.expiresAt = now + this.#settings.lifetimeMs;
    return app;
  }

  /** When the token expires, an opaque one if unused, epoch ms; null for an invalid token. */
  expiry(token: string): number | null {
    return this.#sessions.get(token)?.expiresAt ?? null;
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
