import { createHash, randomBytes } from 'node:crypto';
import { goodPassword, type RunningAuth } from './start-auth.ts';

export interface PageAnswer {
  status: number;
  headers: Headers;
  text: string;
  /** Where it leads; empty when it stays. */
  location: string;
}

export interface PageRequest {
  form?: Record<string, string> | string;
  headers?: Record<string, string>;
  from?: string;
}

/** A browser without script: keeps cookies, and sends forms with the token that the page has. */
export class Browser {
  readonly cookies = new Map<string, string>();
  readonly #auth: RunningAuth;

  constructor(auth: RunningAuth) {
    this.#auth = auth;
  }

  /** Asks for a path, with or without the public prefix; does not follow redirects. */
  async request(path: string, options: PageRequest = {}): Promise<PageAnswer> {
    const { form, headers: given = {}, from = '127.0.0.1' } = options;
    const headers = new Headers(given);
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    if (cookie !== '' && !headers.has('cookie')) headers.set('Cookie', cookie);
    const init: RequestInit = { headers, redirect: 'manual' };
    if (form !== undefined) {
      init.method = 'POST';
      init.body = typeof form === 'string' ? form : new URLSearchParams(form).toString();
      if (!headers.has('content-type')) {
        headers.set('Content-Type', 'application/x-www-form-urlencoded');
      }
    }
    const place = path.startsWith('/api/auth') ? path : `/api/auth${path}`;
    const incoming = { socket: { remoteAddress: from } };
    const response = await this.#auth.app.request(place, init, { incoming });
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (value === '') this.cookies.delete(name);
      else this.cookies.set(name, value);
    }
    return {
      status: response.status,
      headers: response.headers,
      text: await response.text(),
      location: response.headers.get('location') ?? '',
    };
  }

  /** Opens a page and sends its form. */
  async submit(
    path: string,
    fields: Record<string, string>,
    options: Omit<PageRequest, 'form'> = {},
  ): Promise<PageAnswer> {
    const page = await this.request(path);
    const form = { form_token: readFormToken(page.text), ...fields };
    return this.request(path, { ...options, form });
  }

  signUp(email: string, next = '/account'): Promise<PageAnswer> {
    const path = `/sign-up?${new URLSearchParams({ next })}`;
    return this.submit(path, { email, password: goodPassword });
  }

  signIn(username: string, next = '/account'): Promise<PageAnswer> {
    const path = `/sign-in?${new URLSearchParams({ next })}`;
    return this.submit(path, { username, password: goodPassword });
  }
}

export function readFormToken(page: string): string {
  return /name="form_token" value="([^"]+)"/.exec(page)?.[1] ?? '';
}

export interface Challenge {
  verifier: string;
  challenge: string;
}

export function makeChallenge(): Challenge {
  const verifier = randomBytes(32).toString('base64url');
  return { verifier, challenge: createHash('sha256').update(verifier).digest('base64url') };
}

/** The path of an authorization request; an undefined parameter is left out. */
export function authorizePath(parameters: Record<string, string | undefined>): string {
  const given = Object.entries(parameters).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value] as [string, string]],
  );
  return `/authorize?${new URLSearchParams(given)}`;
}

/** The parameters of an answer to a client. */
export function answerOf(location: string): Record<string, string> {
  return Object.fromEntries(new URL(location).searchParams);
}
