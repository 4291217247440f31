import { AppError } from '../../../platform/app-error.ts';
import { clientAddress } from '../../../platform/http/client-address.ts';
import type { App } from '../../../platform/http/create-app.ts';
import { openBrowserSession } from '../actions/open-browser-session.ts';
import { signOut } from '../actions/sign-out.ts';
import type { AuthContext } from '../auth-context.ts';
import { signInPage } from '../pages/sign-in-page.ts';
import {
  answerPage,
  currentSession,
  forPeople,
  goTo,
  linkWithNext,
  type PageContext,
  pathWithNext,
  pendingCookie,
  readNext,
  sessionCookie,
} from './answer-page.ts';
import { targetOfNext } from './next-target.ts';
import { readForm } from './read-form.ts';

/** Signs a person in, and goes on to where they wanted to. */
export function addSignInPage(app: App, auth: AuthContext): void {
  app.get(
    '/sign-in',
    forPeople(auth, async (c) => {
      const live = await currentSession(auth, c);
      if (live) return goTo(c, readNext(c));
      return show(auth, c, {});
    }),
  );
  app.post(
    '/sign-in',
    forPeople(auth, async (c) => {
      const form = await readForm(c.req);
      const live = await currentSession(auth, c);
      auth.formGuard.check(c, form, live?.session.id);
      const username = form.get('username') ?? '';
      const password = form.get('password') ?? '';
      const address = clientAddress(c, auth.trustedProxies);
      try {
        const outcome = await openBrowserSession(auth, { username, password, address });
        if (outcome === undefined) {
          const error = 'The e-mail address or the password is wrong.';
          return await show(auth, c, { username, error, status: 400 });
        }
        const { cookies } = auth.formGuard;
        if ('pending' in outcome) {
          cookies.set(c, pendingCookie, outcome.pending);
          return goTo(c, pathWithNext('/sign-in/code', readNext(c)));
        }
        // Whoever was signed in before is not any more.
        if (live) await signOut(auth, live);
        cookies.set(c, sessionCookie, outcome.session);
        return goTo(c, readNext(c));
      } catch (error) {
        if (!(error instanceof AppError) || error.status < 429) throw error;
        const { message, status, headers } = error;
        for (const [name, value] of Object.entries(headers)) c.header(name, value);
        return show(auth, c, { username, error: message, status });
      }
    }),
  );
}

async function show(
  auth: AuthContext,
  c: PageContext,
  shown: { username?: string; error?: string; status?: AppError['status'] },
): Promise<Response> {
  const { username, error, status } = shown;
  const live = await currentSession(auth, c);
  const next = readNext(c);
  const page = signInPage({
    token: auth.formGuard.issue(c, live?.session.id),
    username,
    error,
    signUpUrl: auth.settings.registration === 'closed' ? undefined : linkWithNext('/sign-up', next),
  });
  const formTarget = await targetOfNext(auth, next);
  return answerPage(c, page, { ...(status && { status }), ...(formTarget && { formTarget }) });
}
