export { charactersBack, countCharacters, lastBeyondAscii } from './characters';
export { eventCount, wordCount } from './events';
export { place, placeForms, setTextEnd } from './memory';
export { findCandidates, findContext } from './pass';
