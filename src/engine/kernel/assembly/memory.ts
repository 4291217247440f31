/**
 * Where things are in the memory that the kernel shares with its host; the host places them
 * (`../kernel.ts`) and says so once. All numbers are little-endian.
 */

/** First byte of the text; at least 16 zero bytes stand before it and after its end. */
export let text: usize = 0;
/** The address after the last byte of text. */
export let textEnd: usize = 0;
/** The index of terms, see `terms.ts`. */
export let terms: usize = 0;
/** Sieves for terms, see `terms.ts`. */
export let sieve: usize = 0;
/** A bitmap by hash of words that start with a capital letter; 0 when there are none. */
export let capitalised: usize = 0;
/** Small letters without diacritics of U+00C0 to U+017F, a byte each. */
export let plainLetters: usize = 0;
/** Signs at which detectors are asked, see `signs.ts`. */
export let signs: usize = 0;
/** The class of each byte in forms; 0 for those that no form has. */
export let classes: usize = 0;
/** By standing the state before the first byte, 16 bits each. */
export let startStates: usize = 0;
/** By standing (64 each) and number of digits, the state after so many, 16 bits each. */
export let digitStates: usize = 0;
/** Flags by state, a byte each, see `forms.ts`. */
export let stateFlags: usize = 0;
/** What each byte means before a form (256 bytes), and one further before (256), see `forms.ts`. */
export let beforeKinds: usize = 0;
/** The standing by the one (8 bytes each) and the other. */
export let standings: usize = 0;
/** By standing, length of a digit run and class of the byte after it, whether a form goes on. */
export let runEnds: usize = 0;
/** The next state, 16 bits, by state and class: `1 << classBits` for each state. */
export let transitions: usize = 0;
export let classBits: u32 = 0;
/** Most letters directly before the first digit of a form. */
export let maxLetters: u32 = 0;
/** Most groups of letters with a separator after each before that. */
export let maxLeads: u32 = 0;
/** Most letters in such a group. */
export let maxLeadLetters: u32 = 0;

export function place(
  textAt: usize,
  termsAt: usize,
  sieveAt: usize,
  capitalisedAt: usize,
  plainLettersAt: usize,
  signsAt: usize,
): void {
  text = textAt;
  terms = termsAt;
  sieve = sieveAt;
  capitalised = capitalisedAt;
  plainLetters = plainLettersAt;
  signs = signsAt;
}

export function placeForms(
  classesAt: usize,
  startStatesAt: usize,
  digitStatesAt: usize,
  stateFlagsAt: usize,
  beforeKindsAt: usize,
  standingsAt: usize,
  runEndsAt: usize,
  transitionsAt: usize,
  bits: u32,
  letters: u32,
  leads: u32,
  leadLetters: u32,
): void {
  classes = classesAt;
  startStates = startStatesAt;
  digitStates = digitStatesAt;
  stateFlags = stateFlagsAt;
  beforeKinds = beforeKindsAt;
  standings = standingsAt;
  runEnds = runEndsAt;
  transitions = transitionsAt;
  classBits = bits;
  maxLetters = letters;
  maxLeads = leads;
  maxLeadLetters = leadLetters;
}

/** Tells how long the text is by now, in bytes. */
export function setTextEnd(index: i32): void {
  textEnd = text + index;
}
