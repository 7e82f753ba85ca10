import { css } from 'lit';

export const labStyles = css`
  :host {
    display: grid;
    grid-template: auto minmax(0, 1fr) auto / 212px minmax(0, 1fr) auto;
    min-height: 0;
  }
  pb-palette {
    grid-row: 1 / 4;
  }
  pb-lab-toolbar {
    grid-column: 2 / 4;
  }
  :host([readonly]) {
    grid-template-columns: 0 minmax(0, 1fr) auto;
  }
  .view {
    grid-column: 2;
    position: relative;
    min-height: 0;
    display: grid;
  }
  pb-bottom-dock {
    grid-column: 2 / 4;
    min-width: 0;
  }
  .away,
  .hint {
    position: absolute;
    left: 50%;
    translate: -50% 0;
    padding: 7px 14px;
    border-radius: 8px;
    pointer-events: none;
  }
  .away {
    top: 12px;
    background: var(--warning-soft);
    color: var(--warning);
  }
  .hint {
    top: 44%;
    color: var(--ink-soft);
    text-align: center;
  }
  .nothing {
    grid-column: 1 / 4;
    padding: 72px;
    text-align: center;
  }
  .nothing progress {
    width: 260px;
  }
  @media (max-width: 900px) {
    :host {
      grid-template-columns: 150px minmax(0, 1fr) auto;
    }
    :host([readonly]) {
      grid-template-columns: 0 minmax(0, 1fr) auto;
    }
  }
`;
