import { css } from 'lit';

export const dockStyles = css`
  :host {
    display: block;
  }
  .dock {
    display: grid;
    grid-template-rows: 5px auto minmax(0, 1fr);
    border-top: 1px solid var(--line);
    background: var(--panel);
  }
  .grip {
    cursor: ns-resize;
  }
  .grip:hover,
  .grip:focus-visible {
    background: var(--accent-soft);
  }
  .bar {
    display: flex;
    align-items: center;
    gap: 4px;
    padding: 0 8px 4px;
    overflow-x: auto;
    scrollbar-width: none;
  }
  .tab {
    display: inline-flex;
    align-items: center;
    border-radius: 7px;
  }
  .tab[data-on] {
    background: var(--accent-soft);
  }
  .tab button {
    min-height: 28px;
    border: 0;
    background: transparent;
  }
  .tab .shut {
    width: 24px;
    padding: 0;
  }
  .body {
    display: grid;
    grid-auto-columns: minmax(0, 1fr);
    grid-auto-flow: column;
    gap: 2px;
    min-height: 0;
  }
  .body > * {
    min-height: 0;
  }
`;
