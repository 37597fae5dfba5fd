import type { Stage } from '../sinks-file/sink.ts';
import { attribute, type Output, ref } from './cloudformation.ts';
import { doctorName, logicalIds, logicalName, shared } from './names.ts';

/** What the stack shows: the names and addresses that an operator or a program needs. */
export function outputs(stage: Stage): Readonly<Record<string, Output>> {
  const ofSinks = stage.sinks.flatMap(({ name }) => {
    const ids = logicalIds(name);
    return [
      [`${logicalName(name)}FunctionName`, output(`Function of ${name}`, ref(ids.function))],
      [`${logicalName(name)}QueueUrl`, output(`Errant queue of ${name}`, ref(ids.errantQueue))],
    ];
  });
  const doctor = ref(logicalIds(doctorName).function);
  const topic = stage.alarmTopicArn ?? ref(shared.alarmTopic);
  return Object.fromEntries([
    ...ofSinks,
    ['DoctorFunctionName', output('Function of npm run doctor', doctor)],
    ['DashboardUrl', output('Dashboard of the stage', dashboardUrl(stage))],
    ['AlarmTopicArn', output('Topic that alarms are sent to', topic)],
    ['Release', output('Release of msk-salesforce-sink', stage.release)],
    ...(stage.sinks.some((sink) => sink.ledger)
      ? [['LedgerArn', output('Job ledger', attribute(shared.ledger, 'Arn'))]]
      : []),
  ]);
}

const output = (Description: string, Value: unknown): Output => ({ Description, Value });

/** The name of the dashboard of a stage. */
export function dashboardName({ service, stage }: Stage): string {
  return `${service}-${stage}`;
}

/** The page of the dashboard in the console of AWS, whose host differs in other partitions. */
export function dashboardUrl(stage: Stage): string {
  const { region } = stage;
  const host = region.startsWith('cn-')
    ? 'console.amazonaws.cn'
    : region.startsWith('us-gov-')
      ? 'console.amazonaws-us-gov.com'
      : `${region}.console.aws.amazon.com`;
  return `https://${host}/cloudwatch/home?region=${region}#dashboards/dashboard/${dashboardName(stage)}`;
}
