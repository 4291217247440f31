import type { Detector } from './detector.ts';
import { confidentialityMarking } from './detectors/confidentiality-marking.ts';
import { credentialDetectors } from './detectors/credentials/credential-detectors.ts';
import { creditCard } from './detectors/credit-card.ts';
import { email } from './detectors/email.ts';
import { iban } from './detectors/iban.ts';
import { idDetectors } from './detectors/ids/id-detectors.ts';
import { networkDetectors } from './detectors/network/network-detectors.ts';
import { peopleDetectors } from './detectors/people/people-detectors.ts';
import { privateKey } from './detectors/private-key.ts';
import { usSsn } from './detectors/us-ssn.ts';

const unordered: readonly Detector[] = [
  confidentialityMarking,
  creditCard,
  ...credentialDetectors,
  email,
  iban,
  ...idDetectors,
  ...networkDetectors,
  ...peopleDetectors,
  privateKey,
  usSsn,
];

/** Every detector the engine has, in the order of their ids. */
export const detectors: readonly Detector[] = unordered.toSorted((a, b) => (a.id < b.id ? -1 : 1));
