import { css } from 'lit';

/** What tables look like. */
export const tables = css`
  .wide {
    overflow-x: auto;
  }
  table {
    width: 100%;
    border-collapse: collapse;
  }
  th,
  td {
    padding: 7px 12px 7px 0;
    border-bottom: 1px solid var(--line);
    text-align: left;
    font-weight: 400;
    white-space: nowrap;
  }
  thead th {
    color: var(--ink-soft);
    font-size: 13px;
  }
  tbody th {
    font-weight: 600;
  }
`;
