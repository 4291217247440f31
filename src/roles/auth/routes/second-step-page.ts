import { AppError } from '../../../platform/app-error.ts';
import { clientAddress } from '../../../platform/http/client-address.ts';
import type { App } from '../../../platform/http/create-app.ts';
import { finishBrowserSignIn } from '../actions/open-browser-session.ts';
import { signOut } from '../actions/sign-out.ts';
import type { AuthContext } from '../auth-context.ts';
import { secondStepPage } from '../pages/second-factor-page.ts';
import {
  answerPage,
  currentSession,
  forPeople,
  goTo,
  type PageContext,
  pathWithNext,
  pendingCookie,
  readNext,
  sessionCookie,
} from './answer-page.ts';
import { targetOfNext } from './next-target.ts';
import { readForm } from './read-form.ts';

/** The second step of signing in, for those who have an app for codes. */
export function addSecondStepPage(app: App, auth: AuthContext): void {
  const { cookies } = auth.formGuard;
  app.get(
    '/sign-in/code',
    forPeople(auth, async (c) => {
      if (cookies.read(c, pendingCookie) === undefined) return again(c);
      return show(auth, c, {});
    }),
  );
  app.post(
    '/sign-in/code',
    forPeople(auth, async (c) => {
      const form = await readForm(c.req);
      const live = await currentSession(auth, c);
      auth.formGuard.check(c, form, live?.session.id);
      const pending = cookies.read(c, pendingCookie) ?? '';
      const code = form.get('code') ?? '';
      const address = clientAddress(c, auth.trustedProxies);
      try {
        const outcome = await finishBrowserSignIn(auth, { pending, code, address });
        if (outcome === undefined) {
          const error = 'The code is wrong, or was used already: wait for the next one.';
          return await show(auth, c, { error, status: 400 });
        }
        cookies.set(c, pendingCookie, '');
        if (outcome === 'expired') return again(c);
        if (live) await signOut(auth, live);
        cookies.set(c, sessionCookie, outcome.session);
        return goTo(c, readNext(c));
      } catch (error) {
        if (!(error instanceof AppError) || error.status < 429) throw error;
        const { message, status, headers } = error;
        for (const [name, value] of Object.entries(headers)) c.header(name, value);
        return show(auth, c, { error: message, status });
      }
    }),
  );
}

function again(c: PageContext): Response {
  return goTo(c, pathWithNext('/sign-in', readNext(c)));
}

async function show(
  auth: AuthContext,
  c: PageContext,
  { error, status }: { error?: string; status?: AppError['status'] },
): Promise<Response> {
  const live = await currentSession(auth, c);
  const page = secondStepPage({ token: auth.formGuard.issue(c, live?.session.id), error });
  const formTarget = await targetOfNext(auth, readNext(c));
  return answerPage(c, page, { ...(status && { status }), ...(formTarget && { formTarget }) });
}
