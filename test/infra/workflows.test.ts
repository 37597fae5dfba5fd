import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const workflows = globSync(['.github/workflows/*.yml', 'examples/deploy.yml']);

/** Lines that name an action: what it is, and what follows. */
const actionsOf = (workflow: string) =>
  [...readFileSync(workflow, 'utf8').matchAll(/^ *(?:- )?uses: (\S+)@(.*)$/gm)].map(
    ([, action = '', pin = '']) => ({ action: action.split('/').slice(0, 2).join('/'), pin }),
  );

test.each(workflows)('%s names every action by its commit, with the version', (workflow) => {
  const actions = actionsOf(workflow);
  expect(actions.length).toBeGreaterThan(0);
  for (const { pin } of actions) expect(pin).toMatch(/^[\da-f]{40} # v\d+\.\d+\.\d+$/);
});

test('an action has one version in all workflows', () => {
  const pins = Map.groupBy(workflows.flatMap(actionsOf), ({ action }) => action);
  for (const [action, those] of pins) {
    expect([action, new Set(those.map(({ pin }) => pin)).size]).toEqual([action, 1]);
  }
});
