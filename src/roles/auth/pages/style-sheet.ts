/** The look of the pages: the reader's own font and colours, large targets, focus that is seen. */
export const styleSheet = `
:root { color-scheme: light dark; --line: light-dark(#767676, #8c8c8c); --accent: light-dark(#0b57d0, #8ab4f8); }
* { box-sizing: border-box; }
body { margin: 0; font: 1rem/1.5 system-ui, sans-serif; background: light-dark(#f6f7f9, #16181c); color: light-dark(#1b1c1f, #e8eaed); }
main { max-width: 28rem; margin: 4rem auto; padding: 2rem; border-radius: .75rem; background: light-dark(#fff, #22252b); }
h1 { margin: 0 0 1rem; font-size: 1.5rem; line-height: 1.25; }
.product { margin: 0 0 .25rem; color: light-dark(#55585e, #b0b4ba); }
.error { padding: .75rem 1rem; border-left: .25rem solid light-dark(#b3261e, #f2b8b5); background: light-dark(#fceeee, #3a2221); }
.field { margin: 0 0 1rem; }
label { display: block; font-weight: 600; }
.hint { display: block; color: light-dark(#55585e, #b0b4ba); }
input:not([type=hidden]) { width: 100%; min-height: 2.75rem; padding: .5rem .75rem; font: inherit; color: inherit; background: transparent; border: 1px solid var(--line); border-radius: .375rem; }
button { min-height: 2.75rem; padding: .5rem 1.25rem; font: inherit; font-weight: 600; border: 1px solid var(--accent); border-radius: .375rem; color: light-dark(#fff, #16181c); background: var(--accent); cursor: pointer; }
button.plain { color: var(--accent); background: transparent; }
a { color: var(--accent); }
:focus-visible { outline: .1875rem solid var(--accent); outline-offset: .125rem; }
code { font: 1.25rem/1.5 ui-monospace, monospace; letter-spacing: .1em; }
.actions { display: flex; flex-wrap: wrap; gap: .75rem; }
ul { padding-left: 1.25rem; }
.sessions { padding: 0; list-style: none; }
.sessions li { display: flex; justify-content: space-between; gap: 1rem; padding: .75rem 0; border-top: 1px solid var(--line); }
@media (max-width: 30rem) { main { margin: 0; border-radius: 0; } }
@media (forced-colors: active) { button { border-color: ButtonText; } }
`;
