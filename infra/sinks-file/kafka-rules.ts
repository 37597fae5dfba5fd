import { limits, sentenceOf } from '../limits/limits.ts';
import { fault, type Rule, secretFits } from './fault.ts';
import { brokerSecret, type SelfManagedKafka } from './kafka.ts';

/** Lambda's limits for the secrets and the network of a mapping. */
const accesses: Rule = ({ kafka }) => {
  const secrets = [
    ['kafka.secretArn', brokerSecret(kafka)?.arn ?? ''],
    ['kafka.rootCaSecretArn', (kafka.kind === 'self-managed' && kafka.rootCaSecretArn) || ''],
  ] as const;
  const { brokerSecret: secret, accessConfigurations } = limits;
  const { subnetIds = [], securityGroupIds = [] } = kafka.kind === 'self-managed' ? kafka : {};
  const count =
    secrets.filter(([, arn]) => arn !== '').length + subnetIds.length + securityGroupIds.length;
  return [
    ...secrets.map(([key, arn]) =>
      fault(arn.length > secret.most, key, `has ${arn.length} characters; ${sentenceOf(secret)}`),
    ),
    fault(
      count > accessConfigurations.most,
      'kafka.subnetIds',
      `and the other accesses are ${count}; ${sentenceOf(accessConfigurations)}`,
    ),
  ];
};

const mskSecret: Rule = ({ kafka }) => {
  if (kafka.kind !== 'msk') return [];
  const needsSecret = kafka.auth === 'scram-512' || kafka.auth === 'mtls';
  const scramSecret = /:secret:AmazonMSK_/.test(kafka.secretArn ?? '');
  return [
    ...secretFits('kafka', kafka, needsSecret),
    // Rules of MSK for the secret of a SASL/SCRAM user.
    fault(
      kafka.auth === 'scram-512' && kafka.secretArn !== undefined && !scramSecret,
      'kafka.secretArn',
      'is not a secret that MSK accepts; its name must begin with AmazonMSK_',
    ),
    fault(
      kafka.auth === 'scram-512' && kafka.secretKeyArn === undefined,
      'kafka.secretKeyArn',
      'is missing; MSK requires a customer managed KMS key for a SCRAM secret',
    ),
  ];
};

const network = ({ auth, subnetIds, securityGroupIds }: SelfManagedKafka) => [
  fault(
    subnetIds === undefined && securityGroupIds !== undefined,
    'kafka.subnetIds',
    'is missing; security groups need subnets',
  ),
  fault(
    subnetIds !== undefined && securityGroupIds === undefined,
    'kafka.securityGroupIds',
    'is missing; subnets need security groups',
  ),
  fault(
    auth === 'none' && subnetIds === undefined,
    'kafka.auth',
    'is none, which Lambda accepts only in a VPC; set subnetIds and securityGroupIds',
  ),
];

const selfManaged: Rule = ({ kafka }) => {
  if (kafka.kind !== 'self-managed') return [];
  return [...secretFits('kafka', kafka, kafka.auth !== 'none'), ...network(kafka)];
};

/** Rules for a cluster and its access. */
export const kafkaRules: readonly Rule[] = [accesses, mskSecret, selfManaged];
