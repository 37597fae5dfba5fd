import fc from 'fast-check';
import { alarmTopic, everyKind } from '../every-kind.ts';
import type { Keys } from '../given.ts';

const letters = 'abcdefghijklmnopqrstuvwxyz0123456789';

/** Text of lower-case letters and digits; lengths near the limits are drawn more often. */
const name = (least: number, most: number) =>
  fc
    .oneof(
      { weight: 3, arbitrary: fc.integer({ min: least, max: Math.min(most, least + 20) }) },
      { weight: 1, arbitrary: fc.integer({ min: least, max: most }) },
      { weight: 1, arbitrary: fc.integer({ min: most - 2, max: most + 2 }) },
    )
    .chain((length) =>
      fc.string({
        unit: fc.constantFrom(...letters),
        minLength: length,
        maxLength: length,
      }),
    );

const fields = fc
  .tuple(fc.nat(90), fc.integer({ min: 5, max: 40 }))
  .map(([count, length]) =>
    Object.fromEntries(
      Array.from({ length: count }, (_, n) => [`source_${n}`, `F${'x'.repeat(length)}${n}__c`]),
    ),
  );

const filters = fc
  .tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 4200 }))
  .map(([count, length]) =>
    Array.from({ length: count }, (_, n) => ({ type: [`${n}${'v'.repeat(length)}`] })),
  );

/** Keys that make something longer. */
const long = fc.record(
  {
    topic: name(2, 249),
    salesforceSecret: name(1, 512),
    consumerGroup: name(1, 200),
    settings: fc.record({ FIELD_MAP: fields }, { requiredKeys: [] }),
    environment: fc.dictionary(
      fc.constantFrom('EXTENSION_URL', 'TZ', 'POWERTOOLS_LOG_LEVEL', 'AWS_REGION'),
      fc.constantFrom('INFO', 'UTC', 'x'.repeat(900)),
    ),
    filter: filters,
  },
  { requiredKeys: [] },
);

const kinds = Object.values(everyKind());

const ofFile = fc.record(
  {
    alarmTopicArn: fc.constant(alarmTopic),
    tracing: fc.boolean(),
    kmsKeyArn: fc.constant('arn:aws:kms:us-east-1:111122223333:key/0a1b2c3d'),
    permissionsBoundary: fc.constant('arn:aws:iam::111122223333:policy/boundary'),
    vpc: fc.constant({ subnetIds: ['subnet-0a1b2c3d'], securityGroupIds: ['sg-0b1b2c3d'] }),
    tags: fc
      .integer({ min: 0, max: 55 })
      .map((count) => Object.fromEntries(Array.from({ length: count }, (_, n) => [`t${n}`, n]))),
  },
  { requiredKeys: [] },
);

/** The name of a stage; often about as long as names of functions allow. */
export const anyStageName: fc.Arbitrary<string> = name(1, 39);

/** A sinks file of up to 200 sinks of every kind, some of them with names and values of any length. */
export const anyFile: fc.Arbitrary<Keys> = fc
  .tuple(
    ofFile,
    fc.oneof(fc.integer({ min: 1, max: 45 }), fc.integer({ min: 1, max: 200 })),
    fc.array(fc.tuple(fc.nat(kinds.length - 1), long), { minLength: 1, maxLength: 6 }),
    fc.boolean(),
  )
  .map(([file, count, drawn, isPlain]) => {
    const sinks = Array.from({ length: count }, (_, n) => {
      const [kind, keys] = drawn[n % drawn.length] ?? [0, {}];
      const own = isPlain ? {} : keys;
      const topic = `${own.topic ?? 'topic'}`.slice(0, 249);
      // A secret for each sink: their policies are the longest.
      const secret =
        own.salesforceSecret === undefined
          ? {}
          : { salesforceSecret: `${own.salesforceSecret.slice(0, 508)}${n}` };
      const group = own.consumerGroup === undefined ? `group-${n}` : `${own.consumerGroup}${n}`;
      return [`s-${n}`, { ...kinds[kind], ...own, ...secret, topic, consumerGroup: group }];
    });
    return { ...file, sinks: Object.fromEntries(sinks) };
  });
