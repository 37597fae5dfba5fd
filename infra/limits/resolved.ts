/**
 * What CloudFormation puts into a template when resources exist, at its longest. Names of resources
 * that it generates are the stack's name, the logical id and a random part.
 * Source: service authorization reference, "Resource types", for the forms of ARNs.
 */
const pseudo: Readonly<Record<string, string>> = {
  'AWS::AccountId': '111122223333',
  'AWS::Partition': 'aws-us-gov',
  'AWS::Region': 'ap-southeast-1',
  'AWS::URLSuffix': 'amazonaws.com.cn',
};

const arn = (service: string, resource: string) =>
  `arn:aws-us-gov:${service}:ap-southeast-1:111122223333:${resource}`;

const name = (length: number) => 'n'.repeat(length);

/** Values by the end of the reference: a logical id, with a point and an attribute if there is one. */
const references: readonly (readonly [end: string, value: string])[] = [
  ['ErrantQueue.Arn', arn('sqs', name(80))],
  ['ErrantQueue.QueueName', name(80)],
  ['ErrantQueue', `https://sqs.ap-southeast-1.amazonaws.com.cn/111122223333/${name(80)}`],
  ['LambdaFunction.Arn', arn('lambda', `function:${name(64)}`)],
  ['LogGroup.Arn', arn('logs', `log-group:/aws/lambda/${name(64)}:*`)],
  ['Alarm.Arn', arn('cloudwatch', `alarm:${name(90)}`)],
  ['Ledger.Arn', arn('dynamodb', `table/${name(90)}`)],
  ['Ledger', name(90)],
];

function reference(target: string): string {
  return pseudo[target] ?? references.find(([end]) => target.endsWith(end))?.[1] ?? name(128);
}

const intrinsics: Readonly<Record<string, (input: never) => string>> = {
  Ref: (id: string) => reference(id),
  'Fn::GetAtt': (path: readonly string[]) => reference(path.join('.')),
  'Fn::Sub': (text: string) => text.replace(/\$\{([^}]+)\}/g, (_, target) => reference(target)),
};

/** A value of a template with the longest text for each of its references. */
export function resolved(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(resolved);
  if (typeof value !== 'object' || value === null) return value;
  const [[key, input] = ['', null], ...others] = Object.entries(value);
  const intrinsic = others.length === 0 ? intrinsics[key] : undefined;
  if (intrinsic !== undefined) return intrinsic(input as never);
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, resolved(inner)]));
}
