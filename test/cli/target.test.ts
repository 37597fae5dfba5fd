import { expect, test } from 'vitest';
import { readTargetOptions, requireStage } from '../../cli/target.ts';

test.each([
  [['sinks=a.yml', 'sinks=b.yml'], '--param sinks= is given twice'],
  [['stage=prod'], '--param takes sinks=FILE alone, not stage'],
])('doctor, replay and logs refuse --param %j, as deploy does', (param, message) => {
  expect(() => readTargetOptions({ stage: 'example', param })).toThrow(message);
  expect(readTargetOptions({ stage: 'example', param: ['sinks=a.yml'] }).sinksFile).toBe('a.yml');
});

test.each([
  [{ stage: 'prod' }, '--stage on a deployed stage'],
  [{ region: 'mars-1' }, '--region on a deployed stage'],
  [{ 'aws-profile': 'crm' }, '--aws-profile on a deployed stage'],
  [{ param: ['sinks=a.yml'] }, '--param on a deployed stage'],
  [{ stage: 'prod', region: 'mars-1' }, '--stage, --region on a deployed stage'],
  [{ sink: 'orders' }, '--sink takes contacts alone'],
])('%j is refused beside --local', (values, message) => {
  const check = () => requireStage('doctor', { param: [], local: true, ...values }, []);
  expect(check).toThrow(message);
});

test('the sink of a local deployment may be named', () => {
  const values = { param: [], local: true, sink: 'contacts' };
  expect(() => requireStage('replay', values, [])).not.toThrow();
});
