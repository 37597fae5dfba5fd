import { fault, type Rule, secretFits } from './fault.ts';
import type { SelfManagedKafka } from './kafka.ts';

/** A mapping can only read a cluster in its own region. */
const region: Rule = ({ kafka }, place) => {
  if (kafka.kind === 'self-managed') return [];
  const [, , , there = ''] = kafka.clusterArn.split(':');
  return [
    fault(
      there !== place.region,
      'kafka.clusterArn',
      `is in ${there}, but region is ${place.region}; make them the same`,
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
export const kafkaRules: readonly Rule[] = [region, mskSecret, selfManaged];
