/**
 * How the public test suites of other projects are read: at which confidence, and which of our
 * types stand for the names they use. This file is all there is to change when a type gets a new
 * name or a suite joins.
 */

/**
 * Types by id: `us_ssn`; `aws_*` (every id that is `aws` or starts with `aws_`);
 * `category:credential`. A leading `!` takes away what others have named.
 */
export type Target = string;

export interface PeerReading {
  /** The least confidence that counts; null for the one the default policy has. */
  minConfidence: number | null;
  /** Run the detectors of the case's own types and no others. */
  typeAlone: boolean;
  /** What fulfils a positive beside the types of its entity. */
  alsoFulfils: readonly Target[];
  /** Types by the suite's name of an entity. */
  entities: Readonly<Record<string, readonly Target[]>>;
  /** How a name that `entities` lacks becomes a type. */
  otherwise: 'lower case' | 'provider';
}

/** Entities whose type is not simply their name in lower case. */
const presidioEntities: PeerReading['entities'] = {
  ABA_ROUTING_NUMBER: ['aba_routing'],
  CRYPTO: ['crypto_wallet'],
  EMAIL_ADDRESS: ['email'],
  IBAN_CODE: ['iban'],
  LOCATION: ['postal_address'],
  MEDICAL_LICENSE: ['us_dea'],
  PERSON: ['person_name'],
  PHONE_NUMBER: ['phone'],
  PH_MOBILE_NUMBER: ['phone'],
  STREET_ADDRESS: ['postal_address'],
  TR_PHONE_NUMBER: ['phone'],
  US_BANK_NUMBER: ['us_bank_account'],
};

const secretsReading = {
  minConfidence: null,
  typeAlone: false,
  alsoFulfils: ['category:credential'],
  otherwise: 'provider',
} as const;

const anyConfidence = { minConfidence: 0, typeAlone: true, alsoFulfils: [] } as const;
const defaultConfidence = { minConfidence: null, typeAlone: false, alsoFulfils: [] } as const;

/** A suite that is not named here: our own type ids, at default confidence. */
export const plainReading: PeerReading = {
  ...defaultConfidence,
  otherwise: 'lower case',
  entities: {},
};

/** By the `peer` of a case. */
export const peerReadings: Readonly<Record<string, PeerReading>> = {
  presidio: { ...anyConfidence, otherwise: 'lower case', entities: presidioEntities },
  'presidio-research': {
    ...defaultConfidence,
    otherwise: 'lower case',
    entities: {
      ...presidioEntities,
      ADDRESS: ['postal_address'],
      DOMAIN_NAME: ['url'],
      GPE: ['postal_address'],
      ZIP_CODE: ['postal_address'],
    },
  },
  gitleaks: {
    ...secretsReading,
    entities: {
      '1password-secret-key': ['1password_*', 'onepassword_*'],
      '1password-service-account-token': ['1password_*', 'onepassword_*'],
      'artifactory-api-key': ['artifactory_*', 'jfrog_*'],
      'artifactory-reference-token': ['artifactory_*', 'jfrog_*'],
      'cisco-meraki-api-key': ['cisco_*', 'meraki_*'],
      'curl-auth-header': ['curl_*', 'basic_auth_*', 'bearer_*', 'authorization_*'],
      'curl-auth-user': ['curl_*', 'basic_auth_*'],
      'flyio-access-token': ['flyio_*', 'fly_*'],
      'gcp-api-key': ['gcp_*', 'google_*'],
      'generic-api-key': ['generic_*'],
      'jfrog-api-key': ['jfrog_*', 'artifactory_*'],
      'jfrog-identity-token': ['jfrog_*', 'artifactory_*'],
      'kubernetes-secret-yaml': ['kubernetes_*', 'k8s_*'],
      'microsoft-teams-webhook': ['microsoft_*', 'teams_*'],
      'private-key': ['private_key'],
      'sendinblue-api-token': ['sendinblue_*', 'brevo_*'],
      'sonar-api-token': ['sonar_*', 'sonarqube_*', 'sonarcloud_*'],
      'vault-batch-token': ['vault_*', 'hashicorp_vault_*'],
      'vault-service-token': ['vault_*', 'hashicorp_vault_*'],
    },
  },
  secretlint: {
    ...secretsReading,
    entities: {
      '1password': ['1password_*', 'onepassword_*'],
      basicauth: ['url_password', 'basic_auth_*'],
      'database-connection-string': ['connection_string'],
      'filter-comments': ['generic_*'],
      gcp: ['gcp_*', 'google_*'],
      'no-k8s-kind-secret': ['kubernetes_*', 'k8s_*'],
      // What none of its rules reports; a generic credential is not one of its rules.
      'preset-canary': ['category:credential', '!generic_*'],
      'preset-recommend': ['category:credential', '!generic_*'],
      privatekey: ['private_key'],
    },
  },
  'detect-secrets': {
    ...secretsReading,
    entities: {
      ArtifactoryDetector: ['artifactory_*', 'jfrog_*'],
      AWSKeyDetector: ['aws_*'],
      Base64HighEntropyString: ['generic_*'],
      BasicAuthDetector: ['url_password', 'basic_auth_*'],
      CloudantDetector: ['cloudant_*', 'ibm_cloudant_*'],
      DiscordBotTokenDetector: ['discord_*'],
      GitHubTokenDetector: ['github_*'],
      GitLabTokenDetector: ['gitlab_*'],
      HexHighEntropyString: ['generic_*'],
      IbmCloudIamDetector: ['ibm_*'],
      IbmCosHmacDetector: ['ibm_*'],
      IPPublicDetector: ['ip_address'],
      JwtTokenDetector: ['jwt'],
      KeywordDetector: ['generic_*'],
      MailchimpDetector: ['mailchimp_*'],
      NpmDetector: ['npm_*'],
      private_key: ['private_key'],
      PypiTokenDetector: ['pypi_*'],
      SendGridDetector: ['sendgrid_*'],
      SlackDetector: ['slack_*'],
      SoftlayerDetector: ['softlayer_*', 'ibm_softlayer_*'],
      StripeDetector: ['stripe_*'],
      TelegramBotTokenDetector: ['telegram_*'],
      TwilioKeyDetector: ['twilio_*'],
    },
  },
  'ferret-scan': {
    ...defaultConfidence,
    otherwise: 'lower case',
    entities: {
      BANK_ACCOUNT: ['us_bank_account'],
      INTELLECTUAL_PROPERTY: ['confidentiality_marking'],
      MEDICAL_ID: ['us_npi', 'us_mbi', 'us_dea'],
      NPI: ['us_npi'],
      PERSON_NAME: ['person_name'],
      SECRETS: ['category:credential'],
      SSN: ['us_ssn'],
      VISA: ['credit_card'],
    },
  },
  pdscan: {
    ...defaultConfidence,
    otherwise: 'lower case',
    entities: {
      mac: ['mac_address'],
      'none:CreditCard': ['credit_card'],
      'none:Email': ['email'],
      'none:Phone': ['phone'],
      oauth_token: ['category:credential'],
      ssn: ['us_ssn'],
      street: ['postal_address'],
      surname: ['person_name'],
    },
  },
};
