/**
 * List prices in US dollars, us-east-1, without free tiers, as of November 2026. Sources:
 * aws.amazon.com/lambda/pricing (Arm, first tier), aws.amazon.com/dynamodb/pricing/on-demand (as
 * halved in November 2024), aws.amazon.com/sqs/pricing (standard queues).
 */
export const usPrices = {
  lambdaGbSecond: 0.000_013_333_4,
  lambdaRequest: 0.2 / 1e6,
  /** One unit reads 4 KB, strongly consistent. */
  dynamoReadUnit: 0.125 / 1e6,
  /** One unit writes 1 KB. */
  dynamoWriteUnit: 0.625 / 1e6,
  sqsRequest: 0.4 / 1e6,
} as const;
