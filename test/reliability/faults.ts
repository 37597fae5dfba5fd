import type { FaultAction } from '../given/fault-proxy/fault.ts';
import type { Service } from './world.ts';

/** One way in which a step can go wrong. */
export interface StepFault {
  readonly name: string;
  readonly when: 'before' | 'after';
  /** Whether it strikes once, or every time until the delivery has ended. */
  readonly strikes: 'once' | 'throughout';
  readonly action: (service: Service, kill: () => void) => FaultAction;
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

/** Every way in which a step can go wrong. */
export const stepFaults: readonly StepFault[] = [
  {
    ...{ name: 'killed before', when: 'before', strikes: 'once' },
    action: (_service, kill) => ({ kind: 'call', run: kill }),
  },
  {
    ...{ name: 'killed after', when: 'after', strikes: 'once' },
    action: (_service, kill) => ({ kind: 'call', run: kill }),
  },
  {
    ...{ name: 'silent before', when: 'before', strikes: 'throughout' },
    action: simply({ kind: 'silence' }),
  },
  {
    ...{ name: 'silent after', when: 'after', strikes: 'throughout' },
    action: simply({ kind: 'silence' }),
  },
  {
    ...{ name: 'reset before', when: 'before', strikes: 'once' },
    action: simply({ kind: 'reset' }),
  },
  { ...{ name: 'reset after', when: 'after', strikes: 'once' }, action: simply({ kind: 'reset' }) },
  {
    ...{ name: '401', when: 'before', strikes: 'once' },
    action: refused(401, 'INVALID_SESSION_ID', 'UnrecognizedClientException'),
  },
  {
    ...{ name: '403 limit', when: 'before', strikes: 'throughout' },
    action: refused(403, 'REQUEST_LIMIT_EXCEEDED', 'AccessDeniedException'),
  },
  {
    ...{ name: '429', when: 'before', strikes: 'once' },
    action: refused(429, 'TOO_MANY_REQUESTS', 'ThrottlingException'),
  },
  {
    ...{ name: '500 after', when: 'after', strikes: 'once' },
    action: simply({ kind: 'status', status: 500 }),
  },
  {
    ...{ name: '503', when: 'before', strikes: 'throughout' },
    action: simply({ kind: 'status', status: 503 }),
  },
  {
    ...{ name: 'malformed', when: 'after', strikes: 'once' },
    action: simply({ kind: 'malformed' }),
  },
];
