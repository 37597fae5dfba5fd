import type { Issue } from '../sinks-file/issues.ts';
import type { Sink, Stage } from '../sinks-file/sink.ts';
import type { Resource } from '../stack/cloudformation.ts';
import { doctorName, logicalIds, shared } from '../stack/names.ts';
import { type Stack, stack } from '../stack/stack.ts';
import { type Limit, limits, sentenceOf } from './limits.ts';
import { policyCharacters } from './policy.ts';
import { resolved } from './resolved.ts';
import { resourceCount, templateBytes } from './template.ts';

/**
 * The limits of AWS that the stack of a stage exceeds, as issues of its sinks file. Those of a single
 * name or list are in the schema and the rules of the file.
 */
export function limitIssues(stage: Stage): Issue[] {
  const made = stack(stage);
  return [
    ...stage.sinks.flatMap((sink) => sinkIssues(sink, made)),
    ...doctorIssues(stage, made),
    ...stageIssues(stage, made),
    ...dashboardIssues(made),
  ];
}

/** An issue at `path` if there are more than the limit allows. */
function over(
  limit: Limit,
  got: number,
  { path, remedy }: { readonly path: Issue['path']; readonly remedy: string },
): Issue[] {
  if (got <= limit.most) return [];
  const says = `would make ${got.toLocaleString('en-US')} ${limit.unit}; ${sentenceOf(limit)}: ${remedy}`;
  return [{ path, says }];
}

function sinkIssues(sink: Sink, { functions, resources }: Stack): Issue[] {
  const at = ['sinks', sink.name];
  const variables = resolved(functions[sink.name]?.['environment']) as Record<string, string>;
  const role = resources.Resources[logicalIds(sink.name).role];
  return [
    ...over(limits.environment, environmentBytes(variables), {
      path: [...at, 'settings'],
      remedy: `shorten ${longest(variables)}, the longest`,
    }),
    ...over(limits.rolePolicies, inlineCharacters(role), {
      path: at,
      remedy: 'use shorter names of secrets, keys and topics',
    }),
  ];
}

/** Lambda measures the variables as JSON. */
function environmentBytes(variables: Readonly<Record<string, string>>): number {
  return Buffer.byteLength(JSON.stringify(variables));
}

function longest(variables: Readonly<Record<string, string>>): string {
  const [name = ''] = Object.entries(variables).toSorted(
    ([, one], [, other]) => other.length - one.length,
  )[0] ?? [''];
  return name;
}

function inlineCharacters(role: Resource | undefined): number {
  const policies = (role?.Properties['Policies'] ?? []) as readonly { PolicyDocument: unknown }[];
  return policies.reduce((sum, { PolicyDocument }) => sum + policyCharacters(PolicyDocument), 0);
}

function stageIssues(stage: Stage, made: Stack): Issue[] {
  const { Resources, Outputs } = made.resources;
  const policies = Object.values(Resources).filter(({ Type }) => Type.endsWith('::ManagedPolicy'));
  const all = { path: ['sinks'], remedy: splitRemedy(stage, made) };
  return [
    ...over(limits.stackResources, resourceCount(made), all),
    ...over(limits.templateBytes, templateBytes(made), all),
    ...over(limits.outputs, Object.keys(Outputs).length, all),
    ...over(limits.managedPolicies, policies.length, all),
    ...over(limits.queryLogGroups, stage.sinks.length, all),
    // The framework adds one.
    ...over(limits.stackTags, Object.keys(made.tags).length + 1, {
      path: ['tags'],
      remedy: 'remove some',
    }),
    ...policies.flatMap(({ Properties }) =>
      over(limits.managedPolicy, policyCharacters(Properties['PolicyDocument']), all),
    ),
  ];
}

/** The stage is no key of the file, but its name is a part of the doctor's. */
function doctorIssues({ stage }: Stage, { functions }: Stack): Issue[] {
  const name = String(functions[doctorName]?.['name']);
  const excess = name.length - limits.functionName.most;
  if (excess <= 0) return [];
  const most = stage.length - excess;
  const says = `would make ${name}, ${name.length} characters; ${sentenceOf(limits.functionName)}: choose a stage name of at most ${most} characters`;
  return [{ path: ['sinks'], says }];
}

/** Files of one stage each: the sinks do not depend on each other. */
function splitRemedy({ stage, sinks }: Stage, made: Stack): string {
  const share = Math.max(
    resourceCount(made) / limits.stackResources.most,
    templateBytes(made) / limits.templateBytes.most,
    sinks.length / limits.queryLogGroups.most,
  );
  // A part has what sinks share, too.
  const files = Math.ceil(share * 1.02);
  return `divide the sinks among ${files} files, such as infra/sinks/${stage}-2.yml, each deployed as a stage of its own (docs/CONFIGURATION.md, "Limits of AWS")`;
}

interface Widget {
  readonly properties: {
    readonly metrics?: readonly unknown[];
    readonly alarms?: readonly unknown[];
  };
}

function dashboardIssues({ resources }: Stack): Issue[] {
  const body = resources.Resources[shared.dashboard]?.Properties['DashboardBody'] as {
    readonly 'Fn::Sub': string;
  };
  const widgets: readonly Widget[] = JSON.parse(body['Fn::Sub']).widgets;
  const metrics = widgets.map(({ properties }) => properties.metrics?.length ?? 0);
  const alarms = widgets.map(({ properties }) => properties.alarms?.length ?? 0);
  const remedy = 'divide the sinks among several files, each deployed as a stage of its own';
  const all = { path: ['sinks'], remedy };
  return [
    ...over(limits.widgets, widgets.length, all),
    ...over(
      limits.dashboardMetrics,
      metrics.reduce((sum, n) => sum + n, 0),
      all,
    ),
    ...over(limits.widgetMetrics, Math.max(...metrics), all),
    ...over(limits.widgetAlarms, Math.max(...alarms), all),
  ];
}
