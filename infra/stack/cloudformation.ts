/** A resource of a CloudFormation template. */
export interface Resource {
  readonly Type: string;
  readonly Properties: Readonly<Record<string, unknown>>;
  readonly DeletionPolicy?: 'Retain';
  readonly UpdateReplacePolicy?: 'Retain';
}

/** Resources by their logical ids. */
export type Resources = Readonly<Record<string, Resource>>;

/** One statement of a policy. */
export interface Statement {
  readonly Sid: string;
  readonly Effect: 'Allow' | 'Deny';
  readonly Principal?: unknown;
  readonly Action: string | readonly string[];
  readonly Resource: unknown;
  readonly Condition?: unknown;
}

/** What a resource is known by once it is made. */
export const ref = (Ref: string) => ({ Ref });

/** An attribute of a resource once it is made. */
export const attribute = (id: string, name: string) => ({ 'Fn::GetAtt': [id, name] });

/** Text with `${…}` in it, for CloudFormation to fill in. */
export const sub = (text: string) => ({ 'Fn::Sub': text });

/** A policy of these statements. */
export const policy = (statements: readonly Statement[]) => ({
  Version: '2012-10-17',
  Statement: statements,
});

/** Nothing may be sent to, or read from, `resource` over a connection that is not encrypted. */
export function onlyTls(service: 'sqs' | 'sns:Publish', resource: unknown): Statement {
  return {
    Sid: 'OnlyTls',
    Effect: 'Deny',
    Principal: '*',
    Action: service === 'sqs' ? 'sqs:*' : service,
    Resource: resource,
    Condition: { Bool: { 'aws:SecureTransport': 'false' } },
  };
}

/** Without what stands for "not given". */
export function given<T extends object>(properties: T): T {
  return Object.fromEntries(
    Object.entries(properties).filter(([, value]) => value !== undefined),
  ) as T;
}
