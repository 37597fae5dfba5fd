import { alarmKinds } from '../../infra/stack/alarms.ts';
import { deadSinkHeadings, everyHour } from '../../infra/stack/dead-sink-alarms.ts';
import { doctorMemory } from '../../infra/stack/functions.ts';
import { metricUnits } from '../../src/invocation/metrics.ts';
import { bytesInEvent, hourSeconds, monthDays, seconds } from './limits.ts';
import type { Load } from './load.ts';
import { pollerUnit, usPrices } from './prices.ts';
import type { Totals } from './totals.ts';

/** What a service costs, in dollars a month. */
export interface Cost {
  readonly name: string;
  readonly dollars: number;
}

/** Size of a ledger item with a job in flight and sixteen settled ranges, in KB. */
const itemKb = 3;

/** Bytes of log that `npm run local -- --verbose` shows, and what Lambda adds of its own. */
const logBytes = { flush: 2700, poll: 450, errant: 600 } as const;

const monthHours = monthDays * 24;

/** Runs of the doctor, which checks the sinks of a stage; here all of it is counted for one sink. */
const doctorRuns = (monthHours * hourSeconds) / everyHour.seconds;

/** Those of every sink, one on the doctor, and the one on the time lag: the cluster is taken for MSK. */
const alarmCount = alarmKinds.length + Object.keys(deadSinkHeadings).length;

/** Those of every sink, and the doctor's failed checks. */
const metricCount = Object.keys(metricUnits).length + 1;

/** The cost of a sink of MSK whose days are all like this one, and of its stage's doctor. */
export function costsOf(load: Load, day: Totals): Cost[] {
  const deliveries = (day.flushes + day.failed) * monthDays;
  const errants = day.written * load.errant * monthDays;
  const doctorSeconds = doctorRuns * seconds.doctor;
  const gbSeconds = (day.seconds * monthDays * load.memory + doctorSeconds * doctorMemory) / 1024;
  const bytes =
    deliveries * logBytes.flush + day.polls * monthDays * logBytes.poll + errants * logBytes.errant;
  const { lambdaGbSecond, lambdaRequest, sqsRequest, logGb, metric, alarm, dashboard } = usPrices;
  return [
    {
      name: 'Lambda',
      dollars: gbSeconds * lambdaGbSecond + (deliveries + doctorRuns) * lambdaRequest,
    },
    { name: 'pollers', dollars: pollerUnits(load) * usPrices.pollerUnitHour * monthHours },
    { name: 'DynamoDB', dollars: load.ledger ? ledgerPrice(day) * monthDays : 0 },
    // A flush checks the errant queue, and each errant record is a message.
    { name: 'SQS', dollars: (deliveries + errants) * sqsRequest },
    { name: 'logs', dollars: (bytes / 1e9) * logGb },
    { name: 'metrics', dollars: metricCount * metric },
    { name: 'alarms', dollars: alarmCount * alarm },
    { name: 'dashboard', dollars: dashboard },
  ];
}

/** The sum of costs, in dollars. */
export const sumOf = (costs: readonly Cost[]): number =>
  costs.reduce((sum, { dollars }) => sum + dollars, 0);

/** The smallest connector of MSK Connect, a worker of one unit, in dollars a month. */
export const connectWorker = usPrices.connectUnitHour * monthHours;

/** The units of the items that are read and written, in dollars a day. */
function ledgerPrice({ ledgerReads, ledgerPuts }: Totals): number {
  const { dynamoReadUnit, dynamoWriteUnit } = usPrices;
  return (
    ledgerReads * Math.ceil(itemKb / 4) * dynamoReadUnit + ledgerPuts * itemKb * dynamoWriteUnit
  );
}

/** Event poller units: by number of pollers or by throughput, whichever is more. */
function pollerUnits({ pollers, partitions, rate, bytes }: Load): number {
  if (pollers === null) return 0;
  const byCount = Math.ceil(Math.min(pollers, partitions) / pollerUnit.pollers);
  return Math.max(byCount, Math.ceil((rate * bytesInEvent(bytes)) / pollerUnit.bytesPerSecond));
}
