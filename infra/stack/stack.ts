import type { Sink, Stage } from '../sinks-file/sink.ts';
import { alarmTopic } from './alarm-topic.ts';
import { alarms } from './alarms.ts';
import type { Extensions, Output, Resources } from './cloudformation.ts';
import { dashboard } from './dashboard.ts';
import { doctorAlarm, timeLagAlarm } from './dead-sink-alarms.ts';
import { doctorResources } from './doctor.ts';
import {
  doctorFunction,
  type FunctionDefinition,
  logGroupKeys,
  sinkFunction,
} from './functions.ts';
import { mapping } from './mapping.ts';
import { doctorName, logicalIds, shared } from './names.ts';
import { outputs } from './outputs.ts';
import { savedQueries } from './queries.ts';
import { role } from './role.ts';
import { errantQueue, ledger } from './stores.ts';

/** The values for `serverless.yml`. */
export interface Stack {
  /** Functions by the names of their sinks, and the doctor. */
  readonly functions: Readonly<Record<string, FunctionDefinition>>;
  readonly resources: {
    readonly Resources: Resources;
    readonly Outputs: Readonly<Record<string, Output>>;
    /** Properties for the resources that the framework makes of the functions. */
    readonly extensions?: Extensions;
  };
  /** Tags of the stack, which CloudFormation gives to its resources. */
  readonly tags: Readonly<Record<string, string>>;
}

/** All functions and resources of a stage. */
export function stack(stage: Stage): Stack {
  const { sinks } = stage;
  const extensions = logGroupKeys(stage);
  return {
    functions: {
      ...Object.fromEntries(sinks.map((sink) => [sink.name, sinkFunction(sink, stage)])),
      [doctorName]: doctorFunction(stage),
    },
    resources: {
      Resources: Object.assign(
        {
          ...ledger(stage),
          ...alarmTopic(stage),
          ...savedQueries(stage),
          ...doctorResources(stage),
          ...doctorAlarm(stage),
          [shared.dashboard]: dashboard(stage),
        },
        ...sinks.map((sink) => resourcesOf(sink, stage)),
      ),
      Outputs: outputs(stage),
      ...(extensions === undefined ? {} : { extensions }),
    },
    tags: stage.tags ?? {},
  };
}

function resourcesOf(sink: Sink, stage: Stage): Resources {
  const ids = logicalIds(sink.name);
  return {
    [ids.role]: role(sink, stage),
    [ids.mapping]: mapping(sink),
    ...errantQueue(sink.name, stage),
    ...alarms(sink, stage),
    ...timeLagAlarm(sink, stage),
  };
}
