import type { FaultAction } from '../support/fault-proxy/fault.ts';
import type { Lifetime } from '../support/lifetime.ts';
import type { ServiceName } from '../support/services.ts';

/** One way in which a step can go wrong. */
export interface StepFault {
  readonly name: string;
  readonly when: 'before' | 'after';
  /** Whether it occurs once, or every time until the delivery has ended. */
  readonly occurs: 'once' | 'throughout';
  readonly action: (service: ServiceName, life: () => Lifetime) => FaultAction;
}

const salesforceError = (status: number, errorCode: string): FaultAction => ({
  kind: 'status',
  status,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify([{ errorCode, message: 'on purpose' }]),
});

const awsError = (status: number, type: string): FaultAction => ({
  kind: 'status',
  status,
  headers: { 'content-type': 'application/x-amz-json-1.0' },
  body: JSON.stringify({ __type: `com.amazonaws#${type}`, message: 'on purpose' }),
});

/** An error by the name that each kind of service has for it. */
const refused =
  (status: number, errorCode: string, awsType: string): StepFault['action'] =>
  (service) =>
    service === 'salesforce' ? salesforceError(status, errorCode) : awsError(400, awsType);

const simply =
  (action: FaultAction): StepFault['action'] =>
  () =>
    action;

/** No answer in time; the connection goes when the client stops waiting. */
const silent: StepFault['action'] = (_service, life) => ({
  kind: 'call',
  run: async () => {
    life().timeOut();
    await new Promise(setImmediate);
  },
});

/** Every way in which a step can go wrong. */
export const stepFaults: readonly StepFault[] = [
  {
    ...{ name: 'killed before', when: 'before', occurs: 'once' },
    action: (_service, life) => ({ kind: 'call', run: () => life().kill() }),
  },
  {
    ...{ name: 'killed after', when: 'after', occurs: 'once' },
    action: (_service, life) => ({ kind: 'call', run: () => life().kill() }),
  },
  {
    ...{ name: 'silent before', when: 'before', occurs: 'throughout' },
    action: silent,
  },
  {
    ...{ name: 'silent after', when: 'after', occurs: 'throughout' },
    action: silent,
  },
  {
    ...{ name: 'reset before', when: 'before', occurs: 'once' },
    action: simply({ kind: 'reset' }),
  },
  { ...{ name: 'reset after', when: 'after', occurs: 'once' }, action: simply({ kind: 'reset' }) },
  {
    ...{ name: '401', when: 'before', occurs: 'once' },
    action: refused(401, 'INVALID_SESSION_ID', 'UnrecognizedClientException'),
  },
  {
    ...{ name: '403 limit', when: 'before', occurs: 'throughout' },
    action: refused(403, 'REQUEST_LIMIT_EXCEEDED', 'AccessDeniedException'),
  },
  {
    ...{ name: '429', when: 'before', occurs: 'once' },
    action: refused(429, 'TOO_MANY_REQUESTS', 'ThrottlingException'),
  },
  {
    ...{ name: '500 after', when: 'after', occurs: 'once' },
    action: simply({ kind: 'status', status: 500 }),
  },
  {
    ...{ name: '503', when: 'before', occurs: 'throughout' },
    action: simply({ kind: 'status', status: 503 }),
  },
  {
    ...{ name: 'malformed', when: 'after', occurs: 'once' },
    action: simply({ kind: 'malformed' }),
  },
];
