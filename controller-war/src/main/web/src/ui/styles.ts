import { css } from 'lit';

/** What controls look like, for every component that has some. */
export const controls = css`
  :host {
    box-sizing: border-box;
  }
  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }
  button,
  .button {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: 6px;
    min-height: 32px;
    padding: 4px 12px;
    border: 1px solid var(--line);
    border-radius: 7px;
    background: var(--raised);
    color: var(--ink);
    font: inherit;
    cursor: pointer;
    white-space: nowrap;
    text-decoration: none;
  }
  button:hover:not(:disabled),
  .button:hover {
    border-color: var(--accent);
  }
  button:disabled {
    opacity: 0.5;
    cursor: default;
  }
  button.primary,
  .button.primary {
    background: var(--accent);
    border-color: var(--accent);
    color: var(--accent-ink);
    font-weight: 600;
  }
  button.danger {
    color: var(--danger);
  }
  button.quiet {
    border-color: transparent;
    background: transparent;
  }
  button.quiet:hover:not(:disabled),
  button.on {
    background: var(--accent-soft);
    border-color: transparent;
  }
  button.icon {
    width: 32px;
    padding: 0;
  }
  :focus-visible {
    outline: 2px solid var(--accent);
    outline-offset: 1px;
  }
  input,
  select,
  textarea {
    min-height: 32px;
    padding: 4px 9px;
    border: 1px solid var(--line);
    border-radius: 7px;
    background: var(--panel);
    color: var(--ink);
    font: inherit;
    max-width: 100%;
  }
  input[type='checkbox'],
  input[type='radio'] {
    min-height: 0;
    width: 16px;
    height: 16px;
    accent-color: var(--accent);
  }
  input[type='range'] {
    padding: 0;
    accent-color: var(--accent);
  }
  input[type='color'] {
    padding: 2px;
    width: 42px;
  }
  h1,
  h2,
  h3 {
    margin: 0;
    line-height: 1.25;
  }
  h1 {
    font-size: 22px;
  }
  h2 {
    font-size: 16px;
  }
  h3 {
    font-size: 14px;
  }
  .soft {
    color: var(--ink-soft);
  }
  fieldset.plain {
    min-width: 0;
    margin: 0;
    padding: 0;
    border: 0;
  }
  [hidden] {
    display: none !important;
  }
  .row {
    display: flex;
    align-items: center;
    gap: 8px;
  }
  .grow {
    flex: 1;
    min-width: 0;
  }
  .cut {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .hidden {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  .field {
    display: grid;
    gap: 4px;
    margin-bottom: 12px;
  }
  .field > span {
    color: var(--ink-soft);
  }
  .symbols {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(72px, 1fr));
    gap: 4px;
    margin-top: 10px;
    max-height: 50vh;
    overflow: auto;
  }
  .symbols button {
    min-height: 60px;
    padding: 6px;
  }
  .symbols img {
    max-width: 56px;
    max-height: 46px;
  }
  .keys {
    margin: 0;
  }
  .keys > div {
    display: grid;
    grid-template-columns: 250px 1fr;
    padding: 4px 0;
    border-bottom: 1px solid var(--line);
  }
  .keys dd {
    margin: 0;
  }
  kbd {
    padding: 1px 6px;
    border: 1px solid var(--line);
    border-radius: 5px;
    background: var(--ground);
    font: 12px var(--mono);
  }
  .buttons {
    display: flex;
    justify-content: flex-end;
    gap: 8px;
    margin-top: 16px;
  }
  progress {
    appearance: none;
    width: 100%;
    height: 6px;
    border: 0;
    border-radius: 3px;
    overflow: hidden;
    background: var(--sunken);
  }
  progress::-webkit-progress-bar {
    background: var(--sunken);
  }
  progress:indeterminate {
    background: linear-gradient(90deg, var(--sunken) 30%, var(--accent) 50%, var(--sunken) 70%) 0 / 200% 100%;
    animation: going 1.4s linear infinite;
  }
  progress:indeterminate::-webkit-progress-bar {
    background: transparent;
  }
  @keyframes going {
    from {
      background-position: 200% 0;
    }
    to {
      background-position: 0 0;
    }
  }
  progress::-webkit-progress-value {
    background: var(--accent);
    transition: width 0.2s;
  }
  progress::-moz-progress-bar {
    background: var(--accent);
  }
`;
