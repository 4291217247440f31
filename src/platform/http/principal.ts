import type { Context, MiddlewareHandler } from 'hono';
import { AppError } from '../app-error.ts';
import type { AppEnv } from './create-app.ts';
import type { TokenVerifier } from './token-verifier.ts';

export const userRoles = ['user', 'auditor', 'admin'] as const;
export type UserRole = (typeof userRoles)[number];

/** Who is asking, as the verified access token says. */
export interface Principal {
  /** User id, or client id for a service. */
  subject: string;
  clientId: string;
  /** The session the token was made in; absent for services. */
  sessionId: string | undefined;
  /** A person's role; absent for services. */
  role: UserRole | undefined;
  scopes: ReadonlySet<string>;
  /** When the token ends, in milliseconds since 1970. */
  expires: number;
}

/** Lets only requests with a valid access token pass and sets `principal`. */
export function authenticate(verifier: TokenVerifier): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    const principal = await readPrincipal(c, verifier);
    checkLimits(principal, c.req.method);
    c.set('principal', principal);
    await next();
  };
}

/**
 * A person's token may be limited: with `read` it asks, with `write` it changes. One without scopes is
 * the person's own.
 *
 * @throws {AppError} `forbidden`
 */
function checkLimits(principal: Principal, method: string): void {
  if (principal.role === undefined || principal.scopes.size === 0) return;
  requireScope(principal, method === 'GET' || method === 'HEAD' ? 'read' : 'write');
}

async function readPrincipal(c: Context<AppEnv>, verifier: TokenVerifier): Promise<Principal> {
  const header = c.req.header('authorization');
  if (header === undefined) {
    throw new AppError('unauthenticated', 'an access token is needed: Authorization: Bearer …', {
      headers: { 'WWW-Authenticate': 'Bearer' },
    });
  }
  const [scheme, token, ...rest] = header.split(' ');
  if (scheme?.toLowerCase() !== 'bearer' || !token || rest.length > 0) {
    throw new AppError('unauthenticated', 'the Authorization header must read: Bearer <token>', {
      headers: { 'WWW-Authenticate': 'Bearer error="invalid_request"' },
    });
  }
  return verifier.verify(token);
}

/** A person's access; services are refused. */
export function requireUser(principal: Principal): Principal & { role: UserRole } {
  if (principal.role === undefined) throw forbidden('this is for people, not for services');
  return { ...principal, role: principal.role };
}

/** @throws {AppError} `forbidden` unless the person has one of the roles. */
export function requireRole(principal: Principal, ...roles: UserRole[]): void {
  if (principal.role === undefined || !roles.includes(principal.role)) {
    throw forbidden(`this needs the role ${roles.join(' or ')}`);
  }
}

/** @throws {AppError} `forbidden` unless the token carries the scope. */
export function requireScope(principal: Principal, scope: string): void {
  if (!principal.scopes.has(scope)) throw forbidden(`this needs the scope ${scope}`);
}

function forbidden(message: string): AppError {
  return new AppError('forbidden', message, {
    headers: { 'WWW-Authenticate': 'Bearer error="insufficient_scope"' },
  });
}
