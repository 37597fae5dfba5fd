/** A resource of a CloudFormation template. */
export interface Resource {
  readonly Type: string;
  readonly Properties: Readonly<Record<string, unknown>>;
  readonly DeletionPolicy?: 'RetainExceptOnCreate';
  readonly UpdateReplacePolicy?: 'Retain';
}

/** Resources by their logical ids. */
export type Resources = Readonly<Record<string, Resource>>;

/** Properties for resources that the framework makes, by their logical ids. */
export type Extensions = Readonly<
  Record<string, { readonly Properties: Readonly<Record<string, unknown>> }>
>;

/** A value that a stack shows when it is deployed. */
export interface Output {
  readonly Description: string;
  readonly Value: unknown;
}

/** One statement of a policy. */
export interface Statement {
  readonly Sid: string;
  readonly Effect: 'Allow' | 'Deny';
  readonly Principal?: unknown;
  readonly Action: string | readonly string[];
  readonly Resource: unknown;
  readonly Condition?: unknown;
}

/** The id of a resource once it exists. */
export const ref = (Ref: string) => ({ Ref });

/** An attribute of a resource once it exists. */
export const attribute = (id: string, name: string) => ({ 'Fn::GetAtt': [id, name] });

/** Text with `${…}` that CloudFormation replaces. */
export const sub = (text: string) => ({ 'Fn::Sub': text });

/** A policy document. */
export const policy = (statements: readonly Statement[]) => ({
  Version: '2012-10-17',
  Statement: statements,
});

/** Denies access to `resource` over connections without TLS. */
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

/** The properties without the undefined ones. */
export function given<T extends object>(properties: T): T {
  return Object.fromEntries(
    Object.entries(properties).filter(([, value]) => value !== undefined),
  ) as T;
}

/**
 * How KMS names a service in `kms:ViaService`: with `amazonaws.com` in every partition, those of China
 * too. Source: AWS KMS developer guide, "kms:ViaService".
 */
export function viaService(service: string): unknown {
  return sub(`${service}.\${AWS::Region}.amazonaws.com`);
}
