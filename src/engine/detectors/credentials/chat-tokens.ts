import { byteAt, type Detector, type TextWindow } from '../../detector.ts';
import { infixToken } from './infix-token.ts';
import { keyedToken } from './keyed-token.ts';
import { prefixToken } from './prefix-token.ts';
import { alphabets, byteTable } from './token-format.ts';

const slack = 'Slack: Token types';
const discord = 'Discord: API reference, OAuth2';

const telegramToken = `1234${'56789'}:AA${'Hq7_dR2xK9-mT4vB1nZ6c'}${'W8yJ3pL5s0gE'}`;

/** What base64 for addresses consists of. */
const url = '\\w\\-';

const urlChars = byteTable(alphabets['url'] ?? '');

/** Whether as much stands before the first dot as the shortest id has. */
function endsDiscordId(window: TextWindow, dot: number): boolean {
  for (let n = 1; n <= 22; n++) if (urlChars[byteAt(window, dot - n)] !== 1) return false;
  return true;
}

/** Tokens and webhooks of chat services. */
export const chatTokens: readonly Detector[] = [
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
    anchors: { signs: [{ sign: '.', before: url, after: url, ahead: { 2: url, 3: url, 7: '.' } }] },
    leads: [24, 25, 26, 27, 28, 23],
    guard: (window, start) =>
      byteAt(window, start + 7) === 0x2e &&
      byteAt(window, start + 1) !== 0x2e &&
      byteAt(window, start - 20) > 0x2e &&
      endsDiscordId(window, start),
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
    anchors: { forms: [{ form: '9{8,10}:A', isStart: true, behind: 'any' }] },
    leads: [0],
    // In addresses of the API, `bot` is right before the token.
    mayFollow: 'bot',
    hits: [
      {
        text: `https://api.telegram.org/bot${telegramToken}/getMe`,
        values: [telegramToken],
      },
    ],
    minEntropy: 3.5,
    specificity: 69,
  }),
  keyedToken({
    id: 'mattermost_access_token',
    source: 'Mattermost: Personal access tokens',
    keywords: ['mattermost'],
    formats: ['{lownum 26}'],
  }),
];
