import { html } from 'hono/html';
import type { HtmlEscapedString } from 'hono/utils/html';
import { formTokenField } from '../form-guard.ts';

/** A piece of a page, escaped. */
export type Html = HtmlEscapedString | Promise<HtmlEscapedString>;

export interface PageContent {
  title: string;
  /** What went wrong, told first. */
  error?: string | undefined;
  content: Html;
}

/** A whole page: no script, one style sheet, one heading, errors where a screen reader begins. */
export function layOutPage({ title, error, content }: PageContent): Html {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <title>${error === undefined ? '' : 'Error: '}${title} – Sensitivity</title>
        <link rel="stylesheet" href="/api/auth/pages.css" />
      </head>
      <body>
        <main>
          <p class="product">Sensitivity</p>
          <h1>${title}</h1>
          ${error === undefined ? '' : html`<p class="error" id="error" role="alert">${error}</p>`}
          ${content}
        </main>
      </body>
    </html>`;
}

/** The hidden field that every form has. */
export function formToken(token: string): Html {
  return html`<input type="hidden" name="${formTokenField}" value="${token}" />`;
}

export interface Field {
  name: string;
  label: string;
  type: 'email' | 'password' | 'text';
  autocomplete: string;
  value?: string | undefined;
  hint?: string;
  isOptional?: boolean;
  hasFocus?: boolean;
  /** The page tells of an error. */
  isWrong?: boolean;
}

/** A labelled input. */
export function field(one: Field): Html {
  const { name, hint, isWrong = false } = one;
  const describedBy = [hint === undefined ? '' : `${name}-hint`, isWrong ? 'error' : '']
    .filter(Boolean)
    .join(' ');
  return html`<p class="field">
    <label for="${name}">${one.label}</label>
    ${hint === undefined ? '' : html`<span class="hint" id="${name}-hint">${hint}</span>`}
    <input
      id="${name}"
      name="${name}"
      type="${one.type}"
      value="${one.value ?? ''}"
      autocomplete="${one.autocomplete}"
      autocapitalize="none"
      spellcheck="false"
      ${describedBy === '' ? '' : html`aria-describedby="${describedBy}"`}
      ${isWrong ? html`aria-invalid="true"` : ''}
      ${one.isOptional ? '' : html`required`}
      ${one.hasFocus ? html`autofocus` : ''}
    />
  </p>`;
}
