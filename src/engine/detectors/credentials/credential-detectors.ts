import type { Detector } from '../../detector.ts';
import { aiTokens } from './ai-tokens.ts';
import { buildTokens } from './build-tokens.ts';
import { cloudTokens } from './cloud-tokens.ts';
import { gitHostTokens } from './git-hosts.ts';
import { hostingTokens } from './hosting-tokens.ts';
import { messagingTokens } from './messaging-tokens.ts';
import { monitoringTokens } from './monitoring-tokens.ts';
import { paymentTokens } from './payment-tokens.ts';
import { socialTokens } from './social-tokens.ts';
import { workspaceTokens } from './workspace-tokens.ts';

/** Every detector of secrets that give access, but for private keys in PEM. */
export const credentialDetectors: readonly Detector[] = [
  ...aiTokens,
  ...buildTokens,
  ...cloudTokens,
  ...gitHostTokens,
  ...hostingTokens,
  ...messagingTokens,
  ...monitoringTokens,
  ...paymentTokens,
  ...socialTokens,
  ...workspaceTokens,
];
