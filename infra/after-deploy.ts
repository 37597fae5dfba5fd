import type { Stage } from './sinks-file/sink.ts';
import { dashboardUrl } from './stack/outputs.ts';

/** The options that the next commands need to act on the same stage. */
export interface DeployedBy {
  /** The sinks file, if it is not the one of the stage. */
  readonly file: string | null;
  readonly profile: string | null;
}

/** What `npm run deploy` prints at its end: what runs, and what to do next. */
export function nextSteps(stage: Stage, { file, profile }: DeployedBy): string[] {
  const options = [
    `--stage ${stage.stage}`,
    ...(file === null ? [] : [`--param "sinks=${file}"`]),
    ...(profile === null ? [] : [`--aws-profile ${profile}`]),
  ].join(' ');
  const [first] = stage.sinks;
  const one = stage.sinks.length > 1 ? ` --sink ${first?.name}` : '';
  const secrets = new Set(stage.sinks.map(({ salesforceSecret }) => salesforceSecret));
  const ofSink = secrets.size > 1 ? ' --sink NAME' : '';
  const width = Math.max(...stage.sinks.map(({ name }) => name.length));
  return [
    `Release ${stage.release}, stage ${stage.stage} in ${stage.region}: ${stage.sinks.length} ${stage.sinks.length === 1 ? 'sink' : 'sinks'}`,
    ...stage.sinks.map((sink) => `  ${sink.name.padEnd(width)}  ${sink.topic} → ${sink.object}`),
    `Dashboard  ${dashboardUrl(stage)}`,
    '',
    'Next',
    `  npm run secret -- ${options}${ofSink}  stores client id and secret, unless that is done`,
    ...(stage.alarmEmail === undefined
      ? []
      : [
          `  Confirm the subscription in the mail to ${stage.alarmEmail}; without it no alarm arrives`,
        ]),
    `  npm run doctor -- ${options}  checks every sink`,
    `  npm run logs -- ${options}${one}  shows what arrives; polling starts in a minute or two`,
  ];
}
