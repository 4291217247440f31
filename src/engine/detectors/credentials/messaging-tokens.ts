import { byteAt, type Detector } from '../../detector.ts';
import { infixToken } from './infix-token.ts';
import { keyedToken } from './keyed-token.ts';
import { prefixToken } from './prefix-token.ts';

const slack = 'Slack: Token types';
const discord = 'Discord: API reference, OAuth2';
const mailgun = 'Mailgun: API keys and signing keys';
const twilio = 'Twilio: API keys and account SIDs';
const sendbird = 'Sendbird: API tokens';
const messagebird = 'MessageBird: API access keys';

/** Tokens of chat, mail, voice and support services. */
export const messagingTokens: readonly Detector[] = [
  prefixToken({
    id: 'slack_bot_token',
    source: slack,
    formats: ['xoxb-{digit 10-13}-{digit 10-13}{url 10-}', 'xoxb-{digit 8-14}-{alnum 18-26}'],
  }),
  prefixToken({
    id: 'slack_user_token',
    source: slack,
    formats: [
      'xoxp-{digit 6-13}-{digit 6-13}-{digit 6-13}-{alnum 16-34}',
      'xoxp-{digit 6-13}-{digit 6-13}-{alnum 16-34}',
      'xoxe-{digit 10-13}-{digit 10-13}-{digit 10-13}-{alnum 28-34}',
    ],
  }),
  prefixToken({
    id: 'slack_app_token',
    source: slack,
    formats: ['xapp-{digit 1}-{alnum 8-}-{digit 8-}-{alnum 16-}'],
  }),
  prefixToken({
    id: 'slack_config_access_token',
    source: slack,
    formats: ['xoxe.xoxp-{digit 1}-{alnum 100-}', 'xoxe.xoxb-{digit 1}-{alnum 100-}'],
  }),
  prefixToken({
    id: 'slack_config_refresh_token',
    source: slack,
    formats: ['xoxe-{digit 1}-{alnum 100-}'],
  }),
  prefixToken({
    id: 'slack_legacy_token',
    source: slack,
    formats: ['xoxs-', 'xoxo-', 'xoxa-{digit 1}-', 'xoxr-{digit 1}-', 'xoxr-'].flatMap((head) => [
      `${head}{digit 5-14}-{digit 5-14}-{digit 5-14}-{anyhex 8-}`,
      `${head}{alnum 8-48}`,
    ]),
    minEntropy: 2.5,
  }),
  prefixToken({
    id: 'slack_webhook_url',
    source: 'Slack: Sending messages using incoming webhooks',
    formats: [
      'hooks.slack.com/services/T{upnum 7-11}/B{upnum 7-12}/{alnum 20-26}',
      'hooks.slack.com/workflows/T{upnum 7-11}/A{upnum 7-12}/{digit 16-20}/{alnum 20-26}',
      'hooks.slack.com/triggers/T{upnum 7-11}/{digit 12-20}/{alnum 20-40}',
      'hooks.slack.com/services/{base64 43-46}',
    ],
    weight: 0.5,
  }),
  prefixToken({
    id: 'microsoft_teams_webhook',
    source: 'Microsoft Teams: Incoming webhooks',
    formats: [
      'webhookb2/{lownum 8}-{lownum 4}-{lownum 4}-{lownum 4}-{lownum 12}@{lownum 8}-{lownum 4}-{lownum 4}-{lownum 4}-{lownum 12}/IncomingWebhook/{lownum 32}/{lownum 8}-{lownum 4}-{lownum 4}-{lownum 4}-{lownum 12}',
    ],
    weight: 0.5,
  }),
  infixToken({
    id: 'discord_bot_token',
    source: discord,
    formats: ['M', 'N', 'O'].map((head) => `${head}{url 22-27}.{url 6}.{url 27-38}`),
    anchors: { bytes: '.' },
    leads: [24, 25, 26, 27, 28, 23],
    guard: (window, start) =>
      byteAt(window, start + 7) === 0x2e &&
      byteAt(window, start + 1) !== 0x2e &&
      byteAt(window, start - 20) > 0x2e,
    minEntropy: 3.5,
  }),
  keyedToken({
    id: 'discord_api_token',
    source: discord,
    keywords: ['discord'],
    formats: ['{hex 64}'],
  }),
  keyedToken({
    id: 'discord_client_secret',
    source: discord,
    keywords: ['discord'],
    formats: ['{urleq 32}'],
  }),
  keyedToken({
    id: 'discord_client_id',
    source: discord,
    keywords: ['discord'],
    formats: ['{digit 17-19}'],
    identifier: true,
    minEntropy: 2,
  }),
  prefixToken({
    id: 'discord_webhook_url',
    source: 'Discord: Webhook resource',
    formats: ['discord.com', 'discordapp.com'].map(
      (host) => `${host}/api/webhooks/{digit 17-19}/{url 60-72}`,
    ),
    weight: 0.5,
  }),
  keyedToken({
    id: 'telegram_bot_token',
    source: 'Telegram: Bot API, authorizing your bot',
    keywords: ['telegram', 'tgbot', 'bot token'],
    formats: ['{digit 5-16}:A{url 34}'],
  }),
  infixToken({
    id: 'telegram_bot_api_token',
    source: 'Telegram: Bot API, authorizing your bot',
    formats: ['{digit 8-10}:AA{url 33}'],
    anchors: { digitRuns: { min: 8, max: 10 } },
    leads: [0],
    guard: (window, _, end) => byteAt(window, end) === 0x3a && byteAt(window, end + 1) === 0x41,
    minEntropy: 3.5,
    specificity: 69,
  }),
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
    id: 'mattermost_access_token',
    source: 'Mattermost: Personal access tokens',
    keywords: ['mattermost'],
    formats: ['{lownum 26}'],
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
