import { AppError } from '../../../platform/app-error.ts';
import { clientAddress } from '../../../platform/http/client-address.ts';
import type { App } from '../../../platform/http/create-app.ts';
import { openBrowserSession } from '../actions/open-browser-session.ts';
import { registerUser } from '../actions/register-user.ts';
import type { AuthContext } from '../auth-context.ts';
import { EmailSchema } from '../email-address.ts';
import { signUpPage } from '../pages/sign-up-page.ts';
import {
  answerPage,
  currentSession,
  forPeople,
  goTo,
  linkWithNext,
  type PageContext,
  readNext,
  sessionCookie,
} from './answer-page.ts';
import { targetOfNext } from './next-target.ts';
import { readForm } from './read-form.ts';

interface Shown {
  email?: string | undefined;
  invite?: string | undefined;
  error?: string;
  status?: AppError['status'];
}

/** Registers a person and signs them in. */
export function addSignUpPage(app: App, auth: AuthContext): void {
  app.get(
    '/sign-up',
    forPeople(auth, async (c) => {
      const live = await currentSession(auth, c);
      if (live) return goTo(c, readNext(c));
      return show(auth, c, { invite: c.req.query('invite') });
    }),
  );
  app.post(
    '/sign-up',
    forPeople(auth, async (c) => {
      const form = await readForm(c.req);
      const live = await currentSession(auth, c);
      auth.formGuard.check(c, form, live?.session.id);
      if (live) return goTo(c, readNext(c));
      const typed = { email: form.get('email'), invite: form.get('invite') };
      const password = form.get('password') ?? '';
      const address = clientAddress(c, auth.trustedProxies);
      try {
        const email = readEmail(typed.email ?? '');
        await registerUser(auth, { email, password, invite: typed.invite, address });
        const outcome = await openBrowserSession(auth, { username: email, password, address });
        if (outcome && 'session' in outcome) {
          auth.formGuard.cookies.set(c, sessionCookie, outcome.session);
        }
        return goTo(c, readNext(c));
      } catch (error) {
        if (!(error instanceof AppError)) throw error;
        const { message, status, headers } = error;
        for (const [name, value] of Object.entries(headers)) c.header(name, value);
        return show(auth, c, { ...typed, error: message, status });
      }
    }),
  );
}

async function show(auth: AuthContext, c: PageContext, shown: Shown): Promise<Response> {
  const { email, invite, error, status } = shown;
  const next = readNext(c);
  const page = signUpPage({
    token: auth.formGuard.issue(c, undefined),
    email,
    invite,
    error,
    needsInvite: auth.settings.registration === 'invite',
    signInUrl: linkWithNext('/sign-in', next),
  });
  const formTarget = await targetOfNext(auth, next);
  return answerPage(c, page, { ...(status && { status }), ...(formTarget && { formTarget }) });
}

/** @throws {AppError} `invalid_request` */
function readEmail(text: string): string {
  const parsed = EmailSchema.safeParse(text);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new AppError('invalid_request', issue?.message ?? 'an e-mail address is needed');
}
