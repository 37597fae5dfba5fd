import { afterAll, expect } from 'vitest';

// A file of tests shares its worker with others: what it leaves behind is in their way.
const environment = process.env;
const before = new Map(Object.entries(environment));
const folder = process.cwd();

/** Variables that a library sets when it is imported: Powertools, its name for the user agent of the SDK. */
const ofLibraries: ReadonlySet<string> = new Set(['AWS_SDK_UA_APP_ID']);

afterAll(() => {
  // Names alone: a variable may be a secret.
  const names = new Set([...before.keys(), ...Object.keys(process.env)]);
  const changed = [...names].filter(
    (name) => !ofLibraries.has(name) && process.env[name] !== before.get(name),
  );
  expect(changed, 'variables that the tests have left changed').toEqual([]);
  expect(process.env === environment, 'process.env is the object that it was').toBe(true);
  expect(process.cwd()).toBe(folder);
});
