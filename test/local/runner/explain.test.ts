import { expect, test } from 'vitest';
import { UnreachableBrokerError } from '../../../local/kafka-consumer/check-cluster.ts';
import type { ClusterAccess } from '../../../local/kafka-consumer/cluster-access.ts';
import { explain, shortReason } from '../../../local/runner/explain.ts';

const sampleAccess: ClusterAccess = {
  brokers: ['b-1:9096', 'b-2:9096'],
  tls: { ca: null },
  sasl: { mechanism: 'SCRAM-SHA-512', username: 'ann', password: 'ann-secret' },
};

/** An error as the client makes them: the reason is under several others. */
function wrapped(message: string, codes: { code?: string; apiId?: string } = {}): Error {
  const reason = Object.assign(new Error(message), codes);
  return new AggregateError([new Error('Connection failed.', { cause: reason })], 'It failed.');
}

test.each([
  [{ apiId: 'SASL_AUTHENTICATION_FAILED' }, 'rejects the password of ann (SCRAM-SHA-512)'],
  [{ apiId: 'UNSUPPORTED_SASL_MECHANISM' }, 'does not take SASL SCRAM-SHA-512 on this port'],
  [{ apiId: 'TOPIC_AUTHORIZATION_FAILED' }, 'does not allow ann to read this topic in this group'],
  [{ apiId: 'GROUP_AUTHORIZATION_FAILED' }, 'Grant Read and Describe on both'],
  [{ code: 'ECONNREFUSED' }, 'No broker listens on b-1:9096, b-2:9096'],
  [{ code: 'ENOTFOUND' }, 'The host of b-1:9096, b-2:9096 cannot be resolved'],
  [{ code: 'DEPTH_ZERO_SELF_SIGNED_CERT' }, 'Name its authority with --ca FILE'],
  [{ code: 'ERR_TLS_CERT_ALTNAME_INVALID' }, 'is for another host name'],
  [{ code: 'CERT_HAS_EXPIRED' }, 'has expired'],
])('%j anywhere in the chain is explained', (codes, message) => {
  expect(explain(wrapped('whatever', codes), sampleAccess)).toContain(message);
});

test.each([
  ['Unknown topic contacts.', 'There is no topic contacts on b-1:9096, b-2:9096.'],
  ['TLS handshake failed: wrong version number', 'does not use TLS. Omit --tls'],
  ['Broker requires TLS', 'Add --tls'],
  ['Connection to b-1:9096 timed out.', 'does not answer'],
  ['Connection closed', 'Check that it is a Kafka broker'],
  ['the moon is full\nand more', 'cannot be used: the moon is full.'],
])('"%s" without a code is explained by its text', (text, message) => {
  expect(explain(wrapped(text), sampleAccess)).toContain(message);
});

test('an unreachable advertised listener is named', () => {
  const error = new UnreachableBrokerError('inner:9092', wrapped('no', { code: 'ENOTFOUND' }));

  expect(explain(error, sampleAccess)).toBe(
    'The cluster redirects clients to inner:9092, its advertised listener. ' +
      'The host of inner:9092 cannot be resolved. Check --brokers.',
  );
});

test('an explanation is one line and has no password', () => {
  for (const text of ['ann-secret\nis wrong', 'Connection closed']) {
    const explained = explain(wrapped('x', { apiId: 'SASL_AUTHENTICATION_FAILED' }), sampleAccess);
    expect(explained).not.toMatch(/\n|ann-secret/);
    expect(explain(wrapped(text), { ...sampleAccess, sasl: null })).not.toContain('\n');
  }
});

test('a short reason is the innermost message, on one line and without its final period', () => {
  expect(shortReason(wrapped('connect ECONNREFUSED 127.0.0.1:1.'))).toBe(
    'connect ECONNREFUSED 127.0.0.1:1',
  );
  expect(shortReason('text')).toBe('text');
});
