import { AppError } from '../../../platform/app-error.ts';
import { clientAddress } from '../../../platform/http/client-address.ts';
import type { App } from '../../../platform/http/create-app.ts';
import { hasSecondFactor } from '../actions/check-second-factor.ts';
import { addSecondFactor, newTotpKey, removeSecondFactor } from '../actions/set-second-factor.ts';
import type { AuthContext } from '../auth-context.ts';
import type { Html } from '../pages/page-layout.ts';
import { addFactorPage, recoveryCodesPage, removeFactorPage } from '../pages/second-factor-page.ts';
import type { LiveBrowserSession } from '../store/browser-sessions.ts';
import { fromBase32, toBase32, totpKeyBytes, totpUri } from '../totp.ts';
import {
  answerPage,
  currentSession,
  forPeople,
  goTo,
  linkTo,
  type PageContext,
  pathWithNext,
  readNext,
} from './answer-page.ts';
import { readForm } from './read-form.ts';

/** Adds a person's authenticator app, or takes it away. */
export function addSecondFactorPage(app: App, auth: AuthContext): void {
  app.get(
    '/account/second-factor',
    forPeople(auth, async (c) => {
      const live = await currentSession(auth, c);
      if (!live) return goTo(c, pathWithNext('/sign-in', '/account'));
      return show(auth, c, { live, key: newTotpKey() });
    }),
  );
  app.post(
    '/account/second-factor',
    forPeople(auth, async (c) => {
      const form = await readForm(c.req);
      const live = await currentSession(auth, c);
      auth.formGuard.check(c, form, live?.session.id);
      if (!live) return goTo(c, pathWithNext('/sign-in', '/account'));
      const key = fromBase32(form.get('key') ?? '');
      const change = {
        user: live.user,
        browserSessionId: live.session.id,
        password: form.get('password') ?? '',
        code: form.get('code') ?? '',
        address: clientAddress(c, auth.trustedProxies),
      };
      try {
        if (form.has('key')) {
          if (key?.length !== totpKeyBytes) throw new AppError('invalid_request', 'this is no key');
          return answerPage(c, await added(auth, c, { ...change, key }));
        }
        await removeSecondFactor(auth, change);
        return goTo(c, '/account');
      } catch (error) {
        if (!(error instanceof AppError) || error.code === 'invalid_request') throw error;
        const { message, status, headers } = error;
        for (const [name, value] of Object.entries(headers)) c.header(name, value);
        return show(auth, c, { live, key: key ?? newTotpKey(), error: message, status });
      }
    }),
  );
}

async function added(
  auth: AuthContext,
  c: PageContext,
  change: Parameters<typeof addSecondFactor>[1],
): Promise<Html> {
  const codes = await addSecondFactor(auth, change);
  return recoveryCodesPage({ codes, nextUrl: linkTo(readNext(c)) });
}

interface Shown {
  live: LiveBrowserSession;
  key: Uint8Array;
  error?: string;
  status?: AppError['status'];
}

async function show(
  auth: AuthContext,
  c: PageContext,
  { live, key, error, status }: Shown,
): Promise<Response> {
  const token = auth.formGuard.issue(c, live.session.id);
  const page = (await hasSecondFactor(auth, live.user.id))
    ? removeFactorPage({ token, error })
    : addFactorPage({ token, error, key: toBase32(key), uri: totpUri(key, live.user.email) });
  return answerPage(c, page, { ...(status && { status }) });
}
