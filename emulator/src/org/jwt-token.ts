import { randomBytes, randomUUID } from 'node:crypto';

/** What an access token in JWT format says; times in epoch ms. */
interface TokenClaims {
  /** Such as `https://acme.my.salesforce.com`: issuer and audience. */
  readonly instanceUrl: string;
  readonly organizationId: string;
  readonly userId: string;
  readonly clientId: string;
  readonly scope: string;
  readonly issuedAt: number;
  readonly expiresAt: number;
}

/**
 * An access token in JWT format, with the claims of recorded ones (tests of the Salesforce Mobile
 * SDK; Salesforce Help, "JWT-Based Access Tokens"). Its signature is random: no key verifies it.
 */
export function jwtToken(claims: TokenClaims): string {
  const { instanceUrl, organizationId } = claims;
  const header = {
    tnk: `core/emulator/${organizationId}`,
    ver: '1.0',
    kid: `CORE_ATJWT.${organizationId.slice(0, 15)}`,
    tty: 'sfdc-core-token',
    typ: 'JWT',
    alg: 'RS256',
  };
  const payload = {
    scp: claims.scope,
    aud: [instanceUrl],
    sub: `uid:${claims.userId}`,
    nbf: seconds(claims.issuedAt),
    mty: 'oauth',
    // Two logins in one second are two tokens.
    sfi: randomUUID(),
    roles: [],
    iss: instanceUrl,
    hsc: false,
    exp: seconds(claims.expiresAt),
    iat: seconds(claims.issuedAt),
    client_id: claims.clientId,
  };
  const parts = [header, payload].map((part) => base64url(JSON.stringify(part)));
  return [...parts, randomBytes(256).toString('base64url')].join('.');
}

function seconds(ms: number): number {
  return Math.floor(ms / 1000);
}

function base64url(text: string): string {
  return Buffer.from(text).toString('base64url');
}
