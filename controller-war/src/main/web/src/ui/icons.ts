import { svg, html, type TemplateResult } from 'lit';

/** Our own line icons, 20 by 20, drawn in the colour of the text around them. */
const PATHS = {
  play: 'M6 4l10 6-10 6z',
  stop: 'M5 5h10v10H5z',
  pause: 'M6 4v12M13 4v12',
  reload: 'M16 10a6 6 0 1 1-2-4.5M16 3v3.5h-3.5',
  plus: 'M10 4v12M4 10h12',
  minus: 'M4 10h12',
  close: 'M5 5l10 10M15 5L5 15',
  trash: 'M4 6h12M8 6V4h4v2M6 6l1 11h6l1-11',
  copy: 'M7 7h9v9H7zM4 13V4h9',
  paste: 'M7 4H5v13h10V4h-2M7 3h6v3H7zM8 10h4M8 13h4',
  download: 'M10 3v10M6 9l4 4 4-4M4 17h12',
  upload: 'M10 14V4M6 8l4-4 4 4M4 17h12',
  search: 'M9 4a5 5 0 1 1 0 10A5 5 0 0 1 9 4zM13 13l4 4',
  more: 'M5 10h.01M10 10h.01M15 10h.01',
  terminal: 'M3 4h14v12H3zM6 8l2.5 2L6 12M10 13h4',
  speaker: 'M4 8v4h3l4 3V5L7 8zM13.5 8a3 3 0 0 1 0 4M15.5 5.5a6.5 6.5 0 0 1 0 9',
  screen: 'M3 4h14v9H3zM7 17h6M10 13v4',
  traffic: 'M3 7h11M11 4l3 3-3 3M17 13H6M9 10l-3 3 3 3',
  packets: 'M3 6h14M3 10h9M3 14h11M15 12l3 3M14 10a2 2 0 1 0 0 4',
  filter: 'M3 5h14l-5.5 6v5l-3-1.5V11z',
  link: 'M4 13l5-5a3 3 0 0 1 4 4M16 7l-5 5a3 3 0 0 1-4-4',
  fit: 'M4 8V4h4M12 4h4v4M16 12v4h-4M8 16H4v-4',
  undo: 'M8 5L4 9l4 4M4 9h8a4 4 0 0 1 0 8h-2',
  redo: 'M12 5l4 4-4 4M16 9H8a4 4 0 0 0 0 8h2',
  lock: 'M5 9h10v8H5zM7 9V6a3 3 0 0 1 6 0v3',
  unlock: 'M5 9h10v8H5zM7 9V6a3 3 0 0 1 5.5-1.6',
  grid: 'M4 4h5v5H4zM11 4h5v5h-5zM4 11h5v5H4zM11 11h5v5h-5z',
  text: 'M4 5h12M10 5v11M8 16h4',
  rect: 'M4 5h12v10H4z',
  ellipse: 'M3 10a7 5 0 1 0 14 0 7 5 0 1 0-14 0',
  line: 'M4 16L16 4',
  image: 'M3 4h14v12H3zM6 13l3-4 3 3 2-2 3 3M7 7.5h.01',
  camera: 'M3 7h3l1.5-2h5L14 7h3v9H3zM10 9a2.5 2.5 0 1 1 0 5 2.5 2.5 0 0 1 0-5',
  book: 'M4 4h5a2 2 0 0 1 1 1 2 2 0 0 1 1-1h5v11h-5a2 2 0 0 0-1 1 2 2 0 0 0-1-1H4zM10 5v11',
  log: 'M5 4h10v13H5zM7.5 8h5M7.5 11h5M7.5 14h3',
  settings: 'M4 6h7M15 6h1M4 14h1M9 14h7M13 4v4M7 12v4',
  sun: 'M10 7a3 3 0 1 1 0 6 3 3 0 0 1 0-6zM10 2v2M10 16v2M2 10h2M16 10h2M4.5 4.5L6 6M14 14l1.5 1.5M15.5 4.5L14 6M6 14l-1.5 1.5',
  moon: 'M15.5 12A6.5 6.5 0 0 1 8 4.5a6.5 6.5 0 1 0 7.5 7.5z',
  popout: 'M8 4H4v12h12v-4M11 4h5v5M16 4l-7 7',
  broadcast: 'M10 10h.01M6.5 6.5a5 5 0 0 0 0 7M13.5 6.5a5 5 0 0 1 0 7M4 4a8.5 8.5 0 0 0 0 12M16 4a8.5 8.5 0 0 1 0 12',
  open: 'M3 6h5l2 2h7v8H3z',
  help: 'M7.5 8a2.5 2.5 0 1 1 3.5 2.3c-.7.3-1 .8-1 1.7M10 15h.01',
  server: 'M4 4h12v5H4zM4 11h12v5H4zM7 6.5h.01M7 13.5h.01',
  warning: 'M10 3l8 14H2zM10 8v4M10 14.5h.01',
  front: 'M4 4h8v8H4zM9 14v2h7V9h-2',
  back: 'M8 8h8v8H8zM11 6V4H4v7h2',
  alignLeft: 'M4 3v14M7 6h9v3H7zM7 12h5v3H7z',
  alignTop: 'M3 4h14M6 7v9h3V7zM12 7v5h3V7z',
  alignMiddle: 'M3 10h14M6 5v10h3V5zM12 7v6h3V7z',
  alignCenter: 'M10 3v14M5 6h10v3H5zM7 12h6v3H7z',
  spread: 'M3 3v14M17 3v14M8 6h4v8H8z',
  spreadDown: 'M3 3h14M3 17h14M6 8h8v4H6z',
  up: 'M5 12l5-5 5 5',
  down: 'M5 8l5 5 5-5',
} as const;

export type IconName = keyof typeof PATHS;

const FILLED: ReadonlySet<string> = new Set(['play', 'stop']);

/** An icon, hidden from screen readers: what it is on says what it does. */
export function icon(name: IconName, size = 18): TemplateResult {
  return html`<svg
    width=${size}
    height=${size}
    viewBox="0 0 20 20"
    fill=${FILLED.has(name) ? 'currentColor' : 'none'}
    stroke="currentColor"
    stroke-width="1.6"
    stroke-linecap="round"
    stroke-linejoin="round"
    aria-hidden="true"
  >
    ${svg`<path d=${PATHS[name]} />`}
  </svg>`;
}
