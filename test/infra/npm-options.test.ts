import { expect, test } from 'vitest';
import { refuseNpmOptions } from '../../infra/npm-options.ts';

test('a value with blanks and quotes is shown as a shell takes it', () => {
  const kept = { npm_config_transform: `{"a": 'b c'}` };
  expect(() => refuseNpmOptions('try', ['transform'], kept)).toThrow(
    `npm run try -- --transform '{"a": '\\''b c'\\''}'`,
  );
});

test('the options of a command that runs another one are not those of the other', () => {
  const kept = { npm_lifecycle_event: 'test', npm_config_stage: 'prod' };
  expect(() => refuseNpmOptions('deploy', ['stage'], kept)).not.toThrow();
});
