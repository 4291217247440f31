import { html } from 'hono/html';
import { formToken, type Html, layOutPage } from './page-layout.ts';

export function signOutPage({ token, email }: { token: string; email: string }): Html {
  return layOutPage({
    title: 'Sign out?',
    content: html`<p>
        You are signed in as <strong>${email}</strong>. Signing out also ends what you signed in to from
        this browser.
      </p>
      <form method="post">
        ${formToken(token)}
        <p class="actions"><button type="submit" autofocus>Sign out</button></p>
      </form>`,
  });
}
