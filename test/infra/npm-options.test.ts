import { expect, test } from 'vitest';
import { refuseNpmOptions } from '../../infra/npm-options.ts';
import { optionsOf } from '../../infra/osls-commands.ts';

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

test.each(['stag', 'Stage', 'sage', 'stages', 's', 'awsprofile', 'profile'])(
  'a misspelt option %s is refused',
  (name) => {
    const variables = { [`npm_config_${name}`]: 'prod' };
    const line = () =>
      refuseNpmOptions('deploy', optionsOf('deploy'), { variables, args: ['A b'] });
    expect(line).toThrow(new RegExp(`--${name} is not.*\\n.*-- --(stage|aws-profile) prod 'A b'$`));
  },
);
