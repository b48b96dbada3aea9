import { hkdfSync } from 'node:crypto';
import { prismaAdapter } from '@better-auth/prisma-adapter';
import type { Database } from '@orderloom/database';
import { newId } from '@orderloom/kernel';
import { betterAuth } from 'better-auth';
import { bearer } from 'better-auth/plugins';
import { isSameOrigin } from './same-origin.ts';

export interface AuthOptions {
  readonly database: Database;
  /** The root key; sessions are signed with a key derived from it. */
  readonly secret: string;
  /** Where the server answers. */
  readonly baseUrl: string;
}

/** The address a request came from, set by the server itself over whatever the client sent. */
export const clientAddressHeader = 'x-orderloom-client-address';

export type Auth = ReturnType<typeof createAuth>;

/**
 * Who somebody is: e-mail and password, sessions in the database, a cookie for browsers or the token of the
 * session as a bearer token for scripts. Nobody signs up; people are invited into a tenant.
 *
 * The limit on sign-ins counts in the memory of this process: several servers multiply it.
 */
export function createAuth({ database, secret, baseUrl }: AuthOptions) {
  return betterAuth({
    appName: 'Orderloom',
    baseURL: baseUrl,
    basePath: '/api/auth',
    secret: Buffer.from(hkdfSync('sha256', secret, '', 'orderloom/sessions', 32)).toString('base64url'),
    database: prismaAdapter(database.identity, { provider: 'postgresql' }),
    emailAndPassword: { enabled: true, disableSignUp: true, revokeSessionsOnPasswordReset: true },
    user: { additionalFields: { locale: { type: 'string', defaultValue: 'en', input: false } } },
    // Every request asks the database, so that a session that was ended is over at once.
    session: { cookieCache: { enabled: false } },
    rateLimit: {
      enabled: true,
      storage: 'memory',
      customRules: { '/sign-in/email': { window: 60, max: 10 } },
    },
    // One server answers under several names (localhost, 127.0.0.1, its own); pages of each may sign in to it.
    trustedOrigins: (request) => {
      const origin = request?.headers.get('origin');
      return request && origin && isSameOrigin(origin, request.headers.get('host')) ? [origin] : [];
    },
    advanced: {
      // Left to itself, better-auth trusts every origin where NODE_ENV is "test".
      disableOriginCheck: false,
      disableCSRFCheck: false,
      database: { generateId: () => newId() },
      ipAddress: { ipAddressHeaders: [clientAddressHeader], ipv6Subnet: 64 },
    },
    plugins: [bearer()],
    logger: { disabled: true },
    telemetry: { enabled: false },
  });
}
