import { UnreachableBrokerError } from '../kafka-consumer/check-cluster.ts';
import type { ClusterAccess } from '../kafka-consumer/cluster-access.ts';
import { failureChain, failureCodes } from '../kafka-consumer/failure.ts';
import { TokenError } from '../kafka-consumer/login-token.ts';
import { notAllowed, refusedLogin, wrongSasl } from './explain-login.ts';

/** Explains in one line why a cluster cannot be used, and what to do about it. */
export function explain(error: unknown, access: ClusterAccess): string {
  if (error instanceof UnreachableBrokerError) {
    const { broker, cause } = error;
    const reason = reasonFor(cause, { ...access, brokers: [broker] });
    return `The cluster redirects clients to ${broker}, its advertised listener. ${reason}`;
  }
  return reasonFor(error, access);
}

/** The innermost message of an error, on one line. */
export function shortReason(error: unknown): string {
  const chain = failureChain(error);
  const text = chain.at(-1)?.message || chain[0]?.message || String(error);
  return text.split('\n', 1).join('').replace(/\.$/, '');
}

type Wording = (where: string, access: ClusterAccess) => string;

const noHost: Wording = (where) => `The host of ${where} cannot be resolved. Check --brokers.`;
const notTrusted: Wording = (where) =>
  `The certificate of ${where} is not signed by a trusted authority. Name its authority with --ca FILE.`;

/** By the code of any error in the chain; the first match is used. */
const byCode: readonly (readonly [code: string, wording: Wording])[] = [
  ['SASL_AUTHENTICATION_FAILED', refusedLogin],
  ['UNSUPPORTED_SASL_MECHANISM', wrongSasl],
  ['ILLEGAL_SASL_STATE', wrongSasl],
  ['PLT_KFK_AUTHENTICATION', wrongSasl],
  ['TOPIC_AUTHORIZATION_FAILED', notAllowed],
  ['GROUP_AUTHORIZATION_FAILED', notAllowed],
  [
    'ECONNREFUSED',
    (where) => `No broker listens on ${where}. Is it running, and is --brokers right?`,
  ],
  ['ENOTFOUND', noHost],
  ['EAI_AGAIN', noHost],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', notTrusted],
  ['SELF_SIGNED_CERT_IN_CHAIN', notTrusted],
  ['UNABLE_TO_GET_ISSUER_CERT', notTrusted],
  ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', notTrusted],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', notTrusted],
  [
    'ERR_TLS_CERT_ALTNAME_INVALID',
    (where) => `The certificate of ${where} is for another host name. Use that name in --brokers.`,
  ],
  ['CERT_HAS_EXPIRED', (where) => `The certificate of ${where} has expired. Renew it.`],
];

/** By the message of any error in the chain, where the client has no code. */
const byText: readonly (readonly [text: RegExp, wording: Wording])[] = [
  [
    /^TLS handshake failed/,
    (where) => `${where} does not use TLS. Omit --tls, or use its TLS port.`,
  ],
  [/^Broker requires TLS/, (where) => `${where} requires TLS. Add --tls.`],
  [/timed out/i, (where) => `${where} does not answer. Check --brokers and firewalls.`],
  [
    /^Connection closed|ECONNRESET/,
    (where) =>
      `${where} closes the connection. Check that it is a Kafka broker, and whether it needs --sasl or --tls.`,
  ],
];

function reasonFor(error: unknown, access: ClusterAccess): string {
  const where = access.brokers.join(', ');
  const chain = failureChain(error);
  const noToken = chain.find((one) => one instanceof TokenError);
  if (noToken !== undefined) return noToken.message;
  const codes = failureCodes(error);
  const unknownTopic = chain.map(({ message }) => /^Unknown topic (.+)\.$/.exec(message)?.[1]);
  const topic = unknownTopic.find((name) => name !== undefined);
  if (topic !== undefined) {
    return `There is no topic ${topic} on ${where}. Create it, or check --topic.`;
  }
  const wording =
    byCode.find(([code]) => codes.has(code))?.[1] ??
    byText.find(([text]) => chain.some(({ message }) => text.test(message)))?.[1];
  return wording?.(where, access) ?? `${where} cannot be used: ${shortReason(error)}.`;
}
