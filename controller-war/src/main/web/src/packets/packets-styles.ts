import { css } from 'lit';

export const packetsStyles = css`
  :host {
    display: grid;
    grid-template-rows: auto minmax(0, 1fr);
    min-height: 0;
    background: var(--panel);
  }
  .bar {
    padding: 2px 10px 6px;
  }
  .views {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto;
    min-height: 0;
    border-top: 1px solid var(--line);
  }
  .list {
    position: relative;
    overflow: auto;
    outline-offset: -2px;
    font: 12px/22px var(--mono);
  }
  .row-line {
    position: absolute;
    left: 0;
    right: 0;
    display: grid;
    grid-template-columns: 40px 80px minmax(70px, 106px) minmax(70px, 106px) 62px 44px minmax(0, 3fr);
    gap: 10px;
    height: 22px;
    padding: 0 10px;
    cursor: pointer;
    white-space: nowrap;
    background: light-dark(hsl(var(--hue) 70% 95%), hsl(var(--hue) 30% 17%));
  }
  .row-line > * {
    overflow: hidden;
    text-overflow: ellipsis;
  }
  .row-line.plain {
    background: transparent;
  }
  .row-line[aria-selected='true'] {
    background: var(--accent);
    color: var(--accent-ink);
  }
  .row-line.head {
    position: sticky;
    top: 0;
    z-index: 1;
    background: var(--panel);
    color: var(--ink-soft);
    cursor: default;
  }
  .one {
    width: min(32vw, 400px);
    overflow: auto;
    padding: 8px 14px;
    border-left: 1px solid var(--line);
    font-size: 12.5px;
  }
  .one h2 {
    margin: 8px 0 2px;
    color: var(--accent);
    font-size: 13px;
  }
  .one dl {
    display: grid;
    grid-template-columns: 140px 1fr;
    margin: 0;
  }
  .one dt {
    color: var(--ink-soft);
  }
  .one dd {
    margin: 0;
    overflow-wrap: anywhere;
  }
  pre {
    margin: 10px 0 0;
    padding: 8px;
    border-radius: 6px;
    background: var(--sunken);
    font: 12px/1.4 var(--mono);
    width: max-content;
    min-width: 100%;
  }
  .filter {
    width: 260px;
  }
`;
