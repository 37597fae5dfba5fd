import type { ClusterAccess } from '../kafka-consumer/cluster-access.ts';

type Login = Pick<ClusterAccess, 'sasl'>;

/** The cluster knows the mechanism, and refuses the login. */
export function refusedLogin(where: string, { sasl }: Login): string {
  if (sasl === null) return `${where} refuses the login. Add --sasl.`;
  if ('password' in sasl) {
    return `${where} rejects the password of ${sasl.username} (${sasl.mechanism}). Check --username, --sasl and KAFKA_PASSWORD.`;
  }
  if (sasl.mechanism === 'OAUTHBEARER') {
    return `${where} rejects the token in ${sasl.tokenFile} (OAUTHBEARER). Check that it is for this cluster and has not expired, and write a new one.`;
  }
  return `${where} rejects the AWS credentials (AWS_MSK_IAM, ${sasl.region}). Check whose they are (aws sts get-caller-identity) and that they are allowed kafka-cluster:Connect, and the region.`;
}

/** The port does not take this mechanism. */
export function wrongSasl(where: string, { sasl }: Login): string {
  const ports = sasl?.mechanism === 'AWS_MSK_IAM' ? ' (IAM has 9098, from outside 9198)' : '';
  return `${where} does not take SASL ${sasl?.mechanism} on this port. Try another --sasl, another port${ports}, or --tls.`;
}

/** The login was taken, but has no rights. */
export function notAllowed(where: string, { sasl }: Login): string {
  if (sasl?.mechanism === 'AWS_MSK_IAM') {
    return `${where} does not allow the AWS identity to read this topic in this group. Grant kafka-cluster:DescribeTopic and ReadData on the topic, DescribeGroup and AlterGroup on the group.`;
  }
  const tokenOwner = sasl === null ? 'an anonymous user' : 'the owner of the token';
  const user = sasl !== null && 'username' in sasl ? sasl.username : tokenOwner;
  return `${where} does not allow ${user} to read this topic in this group. Grant Read and Describe on both.`;
}
