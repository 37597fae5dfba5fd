import { stack } from '../../infra/stack/stack.ts';
import { stageWith } from './given.ts';

/** Types that the framework adds to those of the stack. */
export const ofFramework = [
  ...['AWS::Events::Rule', 'AWS::Lambda::Function', 'AWS::Lambda::Permission'],
  ...['AWS::Logs::LogGroup', 'AWS::S3::Bucket', 'AWS::S3::BucketPolicy'],
];

const made = stack(stageWith({}, { alarmEmail: 'on-call@example.com' }));
/** Every type of resource that a template may have. */
export const types = new Set([
  ...ofFramework,
  ...Object.values(made.resources.Resources).map(({ Type }) => Type),
]);
