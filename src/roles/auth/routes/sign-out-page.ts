import type { App } from '../../../platform/http/create-app.ts';
import { signOut } from '../actions/sign-out.ts';
import type { AuthContext } from '../auth-context.ts';
import { messagePage } from '../pages/message-page.ts';
import { signOutPage } from '../pages/sign-out-page.ts';
import {
  answerPage,
  currentSession,
  forPeople,
  goTo,
  pathWithNext,
  readNext,
  sessionCookie,
} from './answer-page.ts';
import { readForm } from './read-form.ts';

/** Signs a person out, and goes on to where somebody else wants to sign in. */
export function addSignOutPage(app: App, auth: AuthContext): void {
  app.get(
    '/sign-out',
    forPeople(auth, async (c) => {
      const live = await currentSession(auth, c);
      if (!live) return answerPage(c, messagePage(signedOut));
      const token = auth.formGuard.issue(c, live.session.id);
      return answerPage(c, signOutPage({ token, email: live.user.email }));
    }),
  );
  app.post(
    '/sign-out',
    forPeople(auth, async (c) => {
      const form = await readForm(c.req);
      const live = await currentSession(auth, c);
      auth.formGuard.check(c, form, live?.session.id);
      if (live) await signOut(auth, live);
      auth.formGuard.cookies.set(c, sessionCookie, '');
      c.header('Clear-Site-Data', '"cache", "storage"');
      if (c.req.query('next') !== undefined) return goTo(c, pathWithNext('/sign-in', readNext(c)));
      return answerPage(c, messagePage(signedOut));
    }),
  );
}

const signedOut = {
  title: 'Signed out',
  text: 'You are not signed in in this browser.',
  link: { url: '/api/auth/sign-in', text: 'Sign in' },
};
