/** A connected app, with which clients log in. */
export interface App {
  readonly clientId: string;
  readonly clientSecret: string;
  /** Whether the app has a user to run as, which the client credentials flow needs. */
  readonly hasRunAsUser: boolean;
  /** Whether the client credentials flow is enabled for the app. */
  readonly allowsClientCredentials: boolean;
  /** Scopes of its tokens; the REST API needs `api`. */
  readonly scope: string;
  /** A JWT ends 30 minutes after its login, used or not; an opaque token some time after its last use. */
  readonly tokenFormat: 'opaque' | 'jwt';
}

/** An app to add or change; absent properties are not changed, or those of `local-client`. */
export type AppChanges = Pick<App, 'clientId'> & {
  readonly [Key in Exclude<keyof App, 'clientId'>]?: App[Key] | undefined;
};

const SECRET = 'local-secret';

/** The apps of a new org; only the first two work. */
const APPS: readonly App[] = [
  app('local-client', {}),
  app('jwt-client', { tokenFormat: 'jwt' }),
  app('no-run-as-client', { hasRunAsUser: false }),
  app('no-flow-client', { allowsClientCredentials: false }),
  app('no-api-client', { scope: 'id' }),
];

function app(clientId: string, differences: Partial<App>): App {
  return {
    clientId,
    clientSecret: SECRET,
    hasRunAsUser: true,
    allowsClientCredentials: true,
    scope: 'api web',
    tokenFormat: 'opaque',
    ...differences,
  };
}

/** The apps of an org by client id. */
export class Apps {
  #apps = new Map(APPS.map((known) => [known.clientId, known]));

  /** The app of that client id, or undefined. */
  find(clientId: string): App | undefined {
    return this.#apps.get(clientId);
  }

  /** Adds or changes an app; sessions stay valid. */
  put(changes: AppChanges): App {
    const { clientId, ...differences } = changes;
    const known = this.#apps.get(clientId) ?? app(clientId, {});
    const given = Object.entries(differences).filter(([, value]) => value !== undefined);
    const changed: App = { ...known, ...Object.fromEntries(given) };
    this.#apps.set(clientId, changed);
    return changed;
  }

  /** Restores the apps of a new org. */
  reset(): void {
    this.#apps = new Map(APPS.map((known) => [known.clientId, known]));
  }
}
