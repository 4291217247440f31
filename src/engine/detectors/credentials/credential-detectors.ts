import type { Detector } from '../../detector.ts';
import { privateKey } from '../private-key.ts';
import { aiTokens } from './ai-tokens.ts';
import { headerCredentials } from './auth-header.ts';
import { buildTokens } from './build-tokens.ts';
import { chatTokens } from './chat-tokens.ts';
import { cloudTokens } from './cloud-tokens.ts';
import { commerceTokens } from './commerce-tokens.ts';
import { curlUser } from './curl-user.ts';
import { dataSourceSecrets } from './data-source.ts';
import { encodedCredential } from './encoded-credential.ts';
import { genericCredential } from './generic-credential.ts';
import { gitHostTokens } from './git-hosts.ts';
import { hostingTokens } from './hosting-tokens.ts';
import { jwt } from './jwt.ts';
import { keyMaterial } from './key-material.ts';
import { kubernetesSecret } from './kubernetes-secret.ts';
import { messagingTokens } from './messaging-tokens.ts';
import { monitoringTokens } from './monitoring-tokens.ts';
import { nugetPassword } from './nuget-password.ts';
import { paymentTokens } from './payment-tokens.ts';
import { releaseTokens } from './release-tokens.ts';
import { socialTokens } from './social-tokens.ts';
import { statementPasswords } from './statement-password.ts';
import { connectionUrl, urlPassword } from './url-password.ts';
import { workspaceTokens } from './workspace-tokens.ts';

const plainCredentials: readonly Detector[] = [
  ...aiTokens,
  ...buildTokens,
  ...chatTokens,
  ...cloudTokens,
  ...commerceTokens,
  genericCredential,
  ...headerCredentials,
  ...dataSourceSecrets,
  ...keyMaterial,
  connectionUrl,
  curlUser,
  jwt,
  kubernetesSecret,
  ...statementPasswords,
  nugetPassword,
  urlPassword,
  ...gitHostTokens,
  ...hostingTokens,
  ...messagingTokens,
  ...monitoringTokens,
  ...paymentTokens,
  ...releaseTokens,
  ...socialTokens,
  ...workspaceTokens,
];

/** Every detector of secrets that give access, but for private keys in PEM. */
export const credentialDetectors: readonly Detector[] = [
  ...plainCredentials,
  encodedCredential(() => [...plainCredentials, privateKey]),
];
