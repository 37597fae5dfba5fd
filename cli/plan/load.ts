/** What to plan for: a topic, a sink, and an org. */
export interface Load {
  /** Records a second, the mean of the day. */
  readonly rate: number;
  /** Average bytes of a record's value. */
  readonly bytes: number;
  /** `flat`: the same rate all day. `business`: a quiet night, and peaks before and after noon. */
  readonly profile: 'flat' | 'business';
  /** Partitions of the topic. */
  readonly partitions: number;
  /** Share of the records in the busiest partition, 0 to 1; null: all have the same. */
  readonly skew: number | null;
  /** Provisioned pollers; null: Lambda's own scaling. */
  readonly pollers: number | null;
  readonly batchSize: number;
  /** Batching window in seconds. */
  readonly window: number;
  /** Seconds of a job of 10,000 rows, as the metric `JobSeconds`. */
  readonly jobSeconds: number;
  /** Jobs that the org processes at a time; further ones wait. */
  readonly orgJobs: number;
  /** API calls that the org may make in 24 hours. */
  readonly apiLimit: number;
  /** Share of records that Salesforce rejects, 0 to 1. */
  readonly errant: number;
  /** MB. */
  readonly memory: number;
  readonly ledger: boolean;
  readonly seed: number;
}
