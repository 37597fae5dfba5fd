/**
 * List prices in US dollars, us-east-1, without free tiers and discounts, as of November 2026. Each
 * names the page of AWS that has it.
 */
export const usPrices = {
  /** Arm, first tier. aws.amazon.com/lambda/pricing */
  lambdaGbSecond: 0.000_013_333_4,
  lambdaRequest: 0.2 / 1e6,
  /** Event poller unit of a provisioned Kafka mapping. aws.amazon.com/lambda/pricing */
  pollerUnitHour: 0.185,
  /** One unit reads 4 KB, strongly consistent. aws.amazon.com/dynamodb/pricing/on-demand */
  dynamoReadUnit: 0.125 / 1e6,
  /** One unit writes 1 KB. */
  dynamoWriteUnit: 0.625 / 1e6,
  /** Standard queues. aws.amazon.com/sqs/pricing */
  sqsRequest: 0.4 / 1e6,
  /** A month, first tier. aws.amazon.com/cloudwatch/pricing */
  metric: 0.3,
  /** A month, standard resolution. */
  alarm: 0.1,
  /** A month. */
  dashboard: 3,
  /** Ingestion of a GB. */
  logGb: 0.5,
  /** MSK Connect unit: 1 vCPU and 4 GB. aws.amazon.com/msk/pricing */
  connectUnitHour: 0.11,
} as const;

/**
 * What an event poller unit holds: 10 pollers and 20 MB/s. AWS Lambda Developer Guide, "Apache Kafka
 * event poller scaling modes".
 */
export const pollerUnit = { pollers: 10, bytesPerSecond: 20_000_000 } as const;
