import { html } from 'hono/html';
import { formToken, type Html, layOutPage } from './page-layout.ts';

export interface ShownSession {
  id: string;
  /** What it is of. */
  name: string;
  /** RFC 3339. */
  since: string;
  isThis: boolean;
}

export interface ShownConsent {
  clientId: string;
  clientName: string;
  /** What it may do, in words. */
  what: string;
}

export interface AccountPage {
  token: string;
  email: string;
  role: string;
  sessions: readonly ShownSession[];
  hasSecondFactor: boolean;
  consents: readonly ShownConsent[];
}

export function accountPage(page: AccountPage): Html {
  const { token, email, role, sessions, hasSecondFactor, consents } = page;
  return layOutPage({
    title: 'Your account',
    content: html`<p>Signed in as <strong>${email}</strong> (${role}).</p>
      <h2 id="sessions">Where you are signed in</h2>
      <form method="post">
        ${formToken(token)}
        <ul class="sessions" aria-labelledby="sessions">
          ${sessions.map(sessionItem)}
        </ul>
        ${
          consents.length === 0
            ? ''
            : html`<h2 id="consents">What you allowed others</h2>
                <ul class="sessions" aria-labelledby="consents">
                  ${consents.map(consentItem)}
                </ul>`
        }
      </form>
      <p>
        <a href="/api/auth/account/second-factor"
          >${hasSecondFactor ? 'Remove your authenticator app' : 'Add an authenticator app'}</a
        >
      </p>
      <p><a href="/api/auth/sign-out">Sign out</a></p>`,
  });
}

function consentItem({ clientId, clientName, what }: ShownConsent): Html {
  return html`<li>
    <span>${clientName}<br /><span class="hint">to ${what}</span></span>
    <button class="plain" name="withdraw" value="${clientId}" aria-label="Withdraw ${clientName}">
      Withdraw
    </button>
  </li>`;
}

function sessionItem({ id, name, since, isThis }: ShownSession): Html {
  const label = `End ${name}, since ${since}`;
  return html`<li>
    <span>${name}<br /><span class="hint">since <time>${since}</time></span></span>
    ${
      isThis
        ? html`<span>this browser</span>`
        : html`<button class="plain" name="end" value="${id}" aria-label="${label}">End</button>`
    }
  </li>`;
}
