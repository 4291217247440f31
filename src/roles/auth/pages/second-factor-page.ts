import { html } from 'hono/html';
import { field, formToken, type Html, layOutPage } from './page-layout.ts';

interface Shown {
  token: string;
  error?: string | undefined;
}

/** Asks for the code in the second step of signing in. */
export function secondStepPage({ token, error }: Shown): Html {
  return layOutPage({
    title: 'Enter your code',
    error,
    content: html`<form method="post">
      ${formToken(token)}
      ${field({
        name: 'code',
        label: 'Code',
        type: 'text',
        autocomplete: 'one-time-code',
        hint: 'Six digits from your authenticator app, or one of your recovery codes.',
        hasFocus: true,
        isWrong: error !== undefined,
      })}
      <p class="actions"><button type="submit">Sign in</button></p>
    </form>`,
  });
}

/** Sets an app up. */
export function addFactorPage(page: Shown & { key: string; uri: string }): Html {
  const { token, error, key, uri } = page;
  const isWrong = error !== undefined;
  return layOutPage({
    title: 'Add an authenticator app',
    error,
    content: html`<p>
        Give this key to your app (time-based, six digits), or <a href="${uri}">open the app</a> on this
        device:
      </p>
      <p><code>${key.match(/.{1,4}/g)?.join(' ') ?? key}</code></p>
      <form method="post">
        ${formToken(token)}
        <input type="hidden" name="key" value="${key}" />
        ${codeField(isWrong)} ${passwordField(isWrong)}
        <p class="actions"><button type="submit">Add it</button></p>
      </form>`,
  });
}

/** Takes an app away. */
export function removeFactorPage({ token, error }: Shown): Html {
  const isWrong = error !== undefined;
  return layOutPage({
    title: 'Remove your authenticator app',
    error,
    content: html`<p>Your password alone will do to sign in then.</p>
      <form method="post">
        ${formToken(token)} ${codeField(isWrong)} ${passwordField(isWrong)}
        <p class="actions"><button type="submit">Remove it</button></p>
      </form>`,
  });
}

/** Shows recovery codes, this once. */
export function recoveryCodesPage({
  codes,
  nextUrl,
}: {
  codes: readonly string[];
  nextUrl: string;
}): Html {
  return layOutPage({
    title: 'Keep your recovery codes',
    content: html`<p>
        If you lose your app, each of these signs you in once. They are not shown again: keep them where you
        keep other important papers.
      </p>
      <ul>
        ${codes.map((code) => html`<li><code>${code}</code></li>`)}
      </ul>
      <p><a href="${nextUrl}">Go on</a></p>`,
  });
}

function codeField(isWrong: boolean): Html {
  return field({
    name: 'code',
    label: 'Code that the app shows',
    type: 'text',
    autocomplete: 'one-time-code',
    hasFocus: true,
    isWrong,
  });
}

function passwordField(isWrong: boolean): Html {
  return field({
    name: 'password',
    label: 'Your password',
    type: 'password',
    autocomplete: 'current-password',
    isWrong,
  });
}
