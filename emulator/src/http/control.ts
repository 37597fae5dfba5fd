import { z } from 'zod';
import { type Fault, parseFault } from '../fault/fault.ts';
import { hasEnded } from '../job/job.ts';
import { viewJob } from '../job/job-view.ts';
import { PACES } from '../job/pace.ts';
import type { ObjectDescription } from '../object/description.ts';
import { changeAccess, changeUsage, describeObject } from '../org/administer.ts';
import { addAssignmentRule } from '../org/assignment-rule.ts';
import { emptyOrg, type Org } from '../org/org.ts';
import { seedRecord } from '../record/seed.ts';
import { ApiError } from './api-error.ts';
import type { ApiRequest } from './api-request.ts';
import { emptyReply, jsonReply, type Reply } from './reply.ts';

/** Answers a call of the control plane, which no Salesforce org has. */
export function answerControl(request: ApiRequest, org: Org): Reply {
  try {
    const [name = '', argument = ''] = request.path.split('/').slice(2).map(decodeURIComponent);
    const act = CONTROLS[`${request.method} ${name}`];
    if (!act) return jsonReply({ error: 'No such control', controls: Object.keys(CONTROLS) }, 404);
    return act({ org, argument, body: readBody(request) });
  } catch (error) {
    const status = error instanceof ApiError ? error.status : 400;
    return jsonReply({ error: explain(error) }, status);
  }
}

function explain(error: unknown): string {
  if (error instanceof z.ZodError) return z.prettifyError(error);
  return error instanceof Error ? error.message : String(error);
}

interface Control {
  readonly org: Org;
  /** The part of the path after the name of the control. */
  readonly argument: string;
  readonly body: unknown;
}

const CONTROLS: Readonly<Record<string, (control: Control) => Reply>> = {
  'GET records': (control) => jsonReply(control.org.records.list(findObject(control))),
  'POST records': (control) => {
    const object = findObject(control);
    const records = z.union([z.array(seed), seed]).parse(control.body);
    const ids = [records].flat().map((record) => seedRecord(object, record, control.org));
    return jsonReply(ids, 201);
  },
  'GET jobs': ({ org }) => jsonReply(org.jobs.list().map((job) => viewJob(job, org.choices))),
  'GET requests': ({ org }) => jsonReply(org.requests.list()),
  'GET faults': ({ org }) => jsonReply(org.faults.list()),
  'POST faults': ({ org, body }) => {
    const faults = Array.isArray(body) ? body : [body];
    // All or none are armed.
    for (const fault of faults) parseFault(fault);
    for (const fault of faults) org.faults.arm(fault as Fault);
    return jsonReply(org.faults.list(), 201);
  },
  'DELETE faults': ({ org }) => {
    org.faults.clear();
    return emptyReply(204);
  },
  'POST apps': ({ org, body }) => jsonReply(org.apps.put(appChanges.parse(body)), 201),
  'POST objects': ({ org, body }) => jsonReply({ name: describeObject(body, org).name }, 201),
  'POST permissions': ({ org, body }) => jsonReply(changeAccess(accessChanges.parse(body), org)),
  'POST usage': ({ org, body }) => jsonReply(changeUsage(usageChanges.parse(body), org)),
  'POST assignment-rules': ({ org, body }) =>
    jsonReply({ id: addAssignmentRule(assignmentRule.parse(body), org) }, 201),
  'POST pace': ({ org, body }) => {
    org.pace = { ...org.pace, ...readPace(body) };
    return jsonReply(org.pace);
  },
  'POST expire-tokens': ({ org }) => {
    org.sessions.expireAll();
    return emptyReply(204);
  },
  'POST reset': ({ org }) => {
    emptyOrg(org);
    return emptyReply(204);
  },
  'GET status': ({ org }) =>
    jsonReply({
      objects: org.objects.all().map(({ name }) => name),
      jobsRunning: org.jobs.list().filter((job) => !hasEnded(job) && job.state !== 'Open').length,
      pace: org.pace,
      choices: org.choices,
    }),
};

function findObject({ org, argument }: Control): ObjectDescription {
  const object = org.objects.find(argument);
  if (!object) throw new ApiError(404, 'NOT_FOUND', `There is no object named ${argument}`);
  return object;
}

const seed = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]));

const appChanges = z.strictObject({
  clientId: z.string().min(1),
  clientSecret: z.string().min(1).optional(),
  hasRunAsUser: z.boolean().optional(),
  allowsClientCredentials: z.boolean().optional(),
  scope: z.string().optional(),
  tokenFormat: z.enum(['opaque', 'jwt']).optional(),
});

const accessChanges = z.strictObject({
  hidden: z.array(z.string()).optional(),
  readOnly: z.array(z.string()).optional(),
  hardDelete: z.boolean().optional(),
});

const assignmentRule = z.strictObject({
  object: z.enum(['Case', 'Lead']),
  ownerId: z.string(),
});

const allocation = z.strictObject({
  used: z.int().min(0).optional(),
  max: z.int().min(0).optional(),
});

const usageChanges = z.strictObject({
  apiRequests: allocation.optional(),
  bulkBatches: allocation.optional(),
});

const paceInput = z.strictObject({
  name: z.enum(['fast', 'lifelike', 'slow']).optional(),
  queueMs: z.number().min(0).optional(),
  chunkMs: z.number().min(0).optional(),
  replyMs: z.number().min(0).optional(),
});

function readPace(body: unknown): Partial<Org['pace']> {
  const { name, ...numbers } = paceInput.parse(body);
  const given = Object.entries(numbers).filter(([, value]) => value !== undefined);
  return { ...(name ? PACES[name] : {}), ...Object.fromEntries(given) };
}

function readBody(request: ApiRequest): unknown {
  const text = request.body.toString('utf8');
  return text === '' ? undefined : JSON.parse(text);
}
