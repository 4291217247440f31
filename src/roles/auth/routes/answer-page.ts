import type { Context, Handler } from 'hono';
import { AppError } from '../../../platform/app-error.ts';
import type { AppEnv } from '../../../platform/http/create-app.ts';
import { readBrowserSession } from '../actions/read-browser-session.ts';
import type { AuthContext } from '../auth-context.ts';
import { AuthorizationError, answerUrl } from '../authorization-request.ts';
import { OAuthError } from '../oauth-error.ts';
import { messagePage } from '../pages/message-page.ts';
import type { Html } from '../pages/page-layout.ts';
import type { LiveBrowserSession } from '../store/browser-sessions.ts';

export const sessionCookie = 'session';

/** Between the two steps of signing in. */
export const pendingCookie = 'pending';

/** Where the pages are. */
const base = '/api/auth';

const nextShape = /^\/(?:authorize\?[\x21-\x7e]+|device(?:\?[\x21-\x7e]*)?|account)$/;
const maxNextLength = 8_000;

export type PageContext = Context<AppEnv>;

/** Answers with a page; forms on it may lead to `formTarget` besides. */
export function answerPage(
  c: PageContext,
  page: Html,
  options: { status?: 200 | AppError['status']; formTarget?: string } = {},
): Response | Promise<Response> {
  const { status = 200, formTarget } = options;
  const policy = [
    "default-src 'none'",
    "style-src 'self'",
    `form-action 'self'${formTarget === undefined ? '' : ` ${formTarget}`}`,
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ];
  c.header('Content-Security-Policy', policy.join('; '));
  // With none at all, browsers do not tell where a form comes from either.
  c.header('Referrer-Policy', 'same-origin');
  c.header('Cache-Control', 'no-store');
  return c.html(page, status);
}

/** Who is signed in in this browser. */
export function currentSession(
  auth: AuthContext,
  c: PageContext,
): Promise<LiveBrowserSession | undefined> {
  return readBrowserSession(auth, auth.formGuard.cookies.read(c, sessionCookie));
}

/** A page handler whose errors are told on a page, or to the client that they are meant for. */
export function forPeople(
  auth: AuthContext,
  handle: (c: PageContext) => Promise<Response>,
): Handler<AppEnv> {
  return async (c) => {
    try {
      return await handle(c);
    } catch (error) {
      if (error instanceof AuthorizationError) return tellClient(auth, c, error);
      const { message, status, headers } = toAppError(error);
      for (const [name, value] of Object.entries(headers)) c.header(name, value);
      return answerPage(c, messagePage({ title: 'That did not work', error: message }), { status });
    }
  };
}

/** Goes on to a page of ours with another request. */
export function goTo(c: PageContext, path: string): Response {
  return c.redirect(`${base}${path}`, 303);
}

/** Where to go after signing in: only to pages of ours, and those are few. */
export function readNext(c: PageContext): string {
  const next = c.req.query('next') ?? '';
  return next.length <= maxNextLength && nextShape.test(next) ? next : '/account';
}

/** A page of ours that leads back to `next`. */
export function pathWithNext(path: string, next: string): string {
  return `${path}?${new URLSearchParams({ next })}`;
}

/** A page of ours as a link. */
export function linkTo(path: string): string {
  return `${base}${path}`;
}

/** A page that leads back to `next` as a link. */
export function linkWithNext(path: string, next: string): string {
  return `${base}${pathWithNext(path, next)}`;
}

/** The page's own address, as `next` has it. */
export function ownPath(c: PageContext): string {
  return `${c.req.path}${new URL(c.req.url).search}`;
}

function tellClient(auth: AuthContext, c: PageContext, refusal: AuthorizationError): Response {
  const { error, message } = refusal;
  const answer = { error, error_description: message };
  return c.redirect(answerUrl(refusal, answer, auth.settings.issuer), 303);
}

/** Unexpected errors are thrown on. */
function toAppError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  if (error instanceof OAuthError) return new AppError('invalid_request', error.message);
  throw error;
}
