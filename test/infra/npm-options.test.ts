import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { refuseNpmOptions } from '../../infra/npm-options.ts';
import { optionsOf } from '../../infra/osls-options.ts';
import { optionTypes } from '../../local/runner/options.ts';

test('a value with blanks and quotes is shown as a shell takes it', () => {
  const kept = { npm_config_transform: `{"a": 'b c'}` };
  expect(() =>
    refuseNpmOptions('try', { transform: { type: 'string' } }, { variables: kept, args: [] }),
  ).toThrow(`npm run try -- --transform '{"a": '\\''b c'\\''}'`);
});

test('the options of a command that runs another one are not those of the other', () => {
  const kept = { npm_lifecycle_event: 'test', npm_config_stage: 'prod' };
  expect(() =>
    refuseNpmOptions('deploy', { stage: { type: 'string' } }, { variables: kept, args: [] }),
  ).not.toThrow();
});

/** Settings that node-gyp and prebuilt binaries take from npm. */
const ofBuilds = ['arch', 'build_from_source', 'disturl', 'jobs', 'libc', 'nodedir', 'platform'];

test('no setting of npm is taken for a misspelt option', () => {
  const text = execFileSync('npm', ['config', 'ls', '-l', '--json'], { encoding: 'utf8' });
  const names = Object.keys(JSON.parse(text)).map((name) => name.replaceAll('-', '_'));
  const options = { ...optionsOf('deploy'), ...optionsOf('secret'), ...optionTypes };
  const others = [...names, ...ofBuilds].filter(
    (name) => !Object.hasOwn(options, name.replaceAll('_', '-')),
  );
  expect(others.length).toBeGreaterThan(100);
  const variables = Object.fromEntries(others.map((name) => [`npm_config_${name}`, '1']));
  expect(() => refuseNpmOptions('deploy', options, { variables, args: [] })).not.toThrow();
});

test.each(['stag', 'Stage', 'sage', 'stages', 's', 'awsprofile', 'profile'])(
  'a misspelt option %s is refused',
  (name) => {
    const variables = { [`npm_config_${name}`]: 'prod' };
    const line = () =>
      refuseNpmOptions('deploy', optionsOf('deploy'), { variables, args: ['A b'] });
    expect(line).toThrow(new RegExp(`--${name} is not.*\\n.*-- --(stage|aws-profile) prod 'A b'$`));
  },
);
