import { environment } from '../sinks-file/environment.ts';
import type { Sink, Stage } from '../sinks-file/sink.ts';
import { alarmTopic } from './alarm-topic.ts';
import { alarms } from './alarms.ts';
import { type Resources, ref } from './cloudformation.ts';
import { dashboard } from './dashboard.ts';
import { doctorAlarm, timeLagAlarm } from './dead-sink-alarms.ts';
import { doctorFunction, doctorName, doctorResources } from './doctor.ts';
import { mapping } from './mapping.ts';
import { logicalIds, shared } from './names.ts';
import { nodeOptions } from './node-options.ts';
import { savedQueries } from './queries.ts';
import { role } from './role.ts';
import { errantQueue, ledger } from './stores.ts';

/** The values for `serverless.yml`. */
export interface Stack {
  /**
   * Functions by the names of their sinks, and the doctor, as Serverless Framework defines them.
   */
  readonly functions: Readonly<Record<string, unknown>>;
  readonly resources: { readonly Resources: Resources };
}

/** All functions and resources of a stage. */
export function stack(stage: Stage): Stack {
  const { sinks } = stage;
  const ofSinks = sinks.map((sink) => resourcesOf(sink, stage));
  return {
    functions: {
      ...Object.fromEntries(sinks.map((sink) => [sink.name, functionOf(sink, stage)])),
      [doctorName]: doctorFunction(stage),
    },
    resources: {
      Resources: Object.assign(
        {
          ...(sinks.some((sink) => sink.ledger) ? { [shared.ledger]: ledger } : {}),
          ...alarmTopic(stage),
          ...savedQueries(stage),
          ...doctorResources(stage),
          ...doctorAlarm(stage),
          [shared.dashboard]: dashboard(stage),
        },
        ...ofSinks,
      ),
    },
  };
}

function functionOf(sink: Sink, { tracing, logRetentionDays }: Stage) {
  const { role: roleId, errantQueue: queueId } = logicalIds(sink.name);
  return {
    handler: 'dist/sink.handler',
    name: sink.functionName,
    description: `Writes the Kafka topic ${sink.topic} into Salesforce, object ${sink.object}`,
    role: roleId,
    memorySize: sink.memory,
    timeout: sink.timeout,
    logRetentionInDays: logRetentionDays,
    ...(sink.concurrency === undefined ? {} : { reservedConcurrency: sink.concurrency }),
    ...(tracing ? { tracing: 'Active' } : {}),
    environment: {
      NODE_OPTIONS: nodeOptions(sink.memory),
      ...environment(sink, {
        ledger: sink.ledger ? ref(shared.ledger) : null,
        errantQueue: ref(queueId),
      }),
    },
  };
}

function resourcesOf(sink: Sink, stage: Stage): Resources {
  const ids = logicalIds(sink.name);
  return {
    [ids.role]: role(sink, stage),
    [ids.mapping]: mapping(sink),
    ...errantQueue(sink.name),
    ...alarms(sink, stage),
    ...timeLagAlarm(sink, stage),
  };
}
