import { expect, test } from 'vitest';
import { readTargetOptions } from '../../cli/target.ts';

test.each([
  [['sinks=a.yml', 'sinks=b.yml'], '--param sinks= is given twice'],
  [['stage=prod'], '--param takes sinks=FILE alone, not stage'],
])('doctor, replay and logs refuse --param %j, as deploy does', (param, message) => {
  expect(() => readTargetOptions({ stage: 'example', param })).toThrow(message);
  expect(readTargetOptions({ stage: 'example', param: ['sinks=a.yml'] }).sinksFile).toBe('a.yml');
});
