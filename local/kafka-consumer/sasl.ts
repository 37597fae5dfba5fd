/** A user of the cluster with a password. */
export interface PasswordLogin {
  mechanism: 'PLAIN' | 'SCRAM-SHA-256' | 'SCRAM-SHA-512';
  username: string;
  password: string;
}

/** A token that another program keeps current in a file. */
export interface TokenFileLogin {
  mechanism: 'OAUTHBEARER';
  tokenFile: string;
}

/** The AWS identity that the SDK's default credential chain finds; `region` is the cluster's. */
export interface IamLogin {
  mechanism: 'AWS_MSK_IAM';
  region: string;
}

/** How a client logs in to a cluster. */
export type Sasl = PasswordLogin | TokenFileLogin | IamLogin;

/** The mechanisms, as users name them. */
export const saslMechanisms = [
  ...(['PLAIN', 'SCRAM-SHA-256', 'SCRAM-SHA-512'] as const),
  ...(['OAUTHBEARER', 'AWS_MSK_IAM'] as const),
] satisfies readonly Sasl['mechanism'][];
