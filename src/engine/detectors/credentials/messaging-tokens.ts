import { byteAt, type Detector } from '../../detector.ts';
import { infixToken } from './infix-token.ts';
import { keyedToken } from './keyed-token.ts';
import { prefixToken } from './prefix-token.ts';

const mailgun = 'Mailgun: API keys and signing keys';
const twilio = 'Twilio: API keys and account SIDs';
const sendbird = 'Sendbird: API tokens';
const messagebird = 'MessageBird: API access keys';

/** Tokens of mail, voice and support services. */
export const messagingTokens: readonly Detector[] = [
  infixToken({
    id: 'mailchimp_api_key',
    source: 'Mailchimp: API keys',
    formats: ['{hex 32}-us{digit 1-2}'],
    anchors: { words: Array.from('0123456789', (digit) => `us${digit}`) },
    leads: [33],
    guard: (window, start) => byteAt(window, start - 1) === 0x2d,
  }),
  prefixToken({
    id: 'mailgun_private_api_token',
    source: mailgun,
    formats: ['key-{hex 32}'],
    minEntropy: 2.8,
  }),
  prefixToken({
    id: 'mailgun_pub_key',
    source: mailgun,
    formats: ['pubkey-{hex 32}'],
    identifier: true,
  }),
  keyedToken({
    id: 'mailgun_signing_key',
    source: mailgun,
    keywords: ['mailgun', 'mg_api'],
    formats: ['{hex 32}-{hex 8}-{hex 8}'],
  }),
  keyedToken({
    id: 'messagebird_api_token',
    source: messagebird,
    keywords: ['messagebird', 'message bird'],
    formats: ['{alnum 25}'],
  }),
  keyedToken({
    id: 'messagebird_client_id',
    source: messagebird,
    keywords: ['messagebird', 'message bird'],
    formats: ['{uuid}'],
    identifier: true,
  }),
  prefixToken({
    id: 'sendgrid_api_token',
    source: 'SendGrid: API keys',
    formats: ['SG.{url 22}.{url 43}', 'SG.{dotted 66}'],
    minEntropy: 3,
    strict: true,
  }),
  prefixToken({
    id: 'sendinblue_api_token',
    source: 'Brevo: API keys',
    formats: ['xkeysib-{hex 64}-{lownum 16}', 'xkeysib-{hex 64}-{alnum 16}'],
  }),
  prefixToken({
    id: 'twilio_api_key',
    source: twilio,
    formats: ['SK{hex 32}'],
    anchorWords: Array.from('0123456789abcdef', (digit) => `sk${digit}`),
    weight: 0.5,
    minEntropy: 3,
    strict: true,
  }),
  prefixToken({
    id: 'twilio_account_sid',
    source: twilio,
    formats: ['AC{hex 32}'],
    anchorWords: Array.from('0123456789abcdef', (digit) => `ac${digit}`),
    identifier: true,
    minEntropy: 3,
    strict: true,
  }),
  keyedToken({
    id: 'intercom_api_key',
    source: 'Intercom: Authentication',
    keywords: ['intercom'],
    formats: ['{urleq 60}'],
  }),
  keyedToken({
    id: 'beamer_api_token',
    source: 'Beamer: API keys',
    keywords: ['beamer'],
    formats: ['b_{urleq 44}'],
  }),
  keyedToken({
    id: 'sendbird_access_token',
    source: sendbird,
    keywords: ['sendbird'],
    formats: ['{hex 40}'],
  }),
  keyedToken({
    id: 'sendbird_access_id',
    source: sendbird,
    keywords: ['sendbird'],
    formats: ['{uuid}'],
    identifier: true,
  }),
  keyedToken({
    id: 'zendesk_secret_key',
    source: 'Zendesk: API tokens',
    keywords: ['zendesk'],
    formats: ['{alnum 40}'],
  }),
];
