import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Context } from 'hono';
import { AppError } from '../../platform/app-error.ts';
import type { AppEnv } from '../../platform/http/create-app.ts';
import { BrowserCookies } from './browser-cookies.ts';
import { newSecret } from './opaque-secret.ts';

const cookieName = 'form';
const cookieShape = /^[\w-]{43}$/;

/** Name of the hidden field that holds a form's token. */
export const formTokenField = 'form_token';

/**
 * Takes forms only from pages that this browser was given: each has a token made from a cookie, the
 * sign-in and the address that the form is sent to, so that neither another site nor a form of
 * another time, person or purpose will do.
 */
export class FormGuard {
  readonly cookies: BrowserCookies;
  readonly #secret: Uint8Array;
  readonly #host: string;

  constructor(secret: Uint8Array, issuer: string) {
    this.#secret = secret;
    this.#host = new URL(issuer).host;
    this.cookies = new BrowserCookies(issuer);
  }

  /** The token for a form on the page that is being made, which is sent to the page's own address. */
  issue(c: Context<AppEnv>, browserSessionId: string | undefined): string {
    let cookie = this.cookies.read(c, cookieName);
    if (cookie === undefined || !cookieShape.test(cookie)) {
      cookie = newSecret();
      this.cookies.set(c, cookieName, cookie);
    }
    return this.#sign(c, cookie, browserSessionId);
  }

  /** @throws {AppError} `forbidden` unless the form is from a page of ours in this browser. */
  check(
    c: Context<AppEnv>,
    form: ReadonlyMap<string, string>,
    browserSessionId: string | undefined,
  ): void {
    this.#checkSite(c);
    const cookie = this.cookies.read(c, cookieName) ?? '';
    const expected = Buffer.from(this.#sign(c, cookie, browserSessionId));
    const given = Buffer.from(form.get(formTokenField) ?? '');
    const matches = given.length === expected.length && timingSafeEqual(given, expected);
    if (!cookieShape.test(cookie) || !matches) throw outdated();
  }

  #sign(c: Context<AppEnv>, cookie: string, browserSessionId = ''): string {
    const { search } = new URL(c.req.url);
    return createHmac('sha256', this.#secret)
      .update(JSON.stringify([cookie, browserSessionId, c.req.path, search]))
      .digest('base64url');
  }

  /** What browsers say of where a request comes from; none that says so is let in from elsewhere. */
  #checkSite(c: Context<AppEnv>): void {
    const site = c.req.header('sec-fetch-site');
    if (site !== undefined && site !== 'same-origin') throw outdated();
    const origin = c.req.header('origin');
    if (site !== undefined || origin === undefined) return;
    // A form cannot set headers: whatever proxy was passed, one of these is the site's own name.
    const own = [this.#host, c.req.header('host'), c.req.header('x-forwarded-host')];
    const host = URL.canParse(origin) ? new URL(origin).host : undefined;
    if (host === undefined || !own.includes(host)) throw outdated();
  }
}

function outdated(): AppError {
  return new AppError(
    'forbidden',
    'this form is out of date or came from another site: open the page again (it needs cookies)',
  );
}
