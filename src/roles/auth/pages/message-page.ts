import { html } from 'hono/html';
import { type Html, layOutPage } from './page-layout.ts';

export interface MessagePage {
  title: string;
  error?: string | undefined;
  text?: string | undefined;
  link?: { url: string; text: string };
}

/** A page that only says something. */
export function messagePage({ title, error, text, link }: MessagePage): Html {
  return layOutPage({
    title,
    error,
    content: html`${text === undefined ? '' : html`<p>${text}</p>`}
    ${link === undefined ? '' : html`<p><a href="${link.url}">${link.text}</a></p>`}`,
  });
}
