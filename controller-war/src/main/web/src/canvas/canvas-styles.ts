import { css } from 'lit';

export const canvasStyles = css`
  :host {
    position: relative;
    display: block;
    overflow: hidden;
    background-color: var(--canvas);
    touch-action: none;
    user-select: none;
    outline: none;
  }
  .ground {
    fill: transparent;
    pointer-events: all;
  }
  :host(:focus-visible) {
    outline: 2px solid var(--accent);
    outline-offset: -3px;
  }
  .grid {
    position: absolute;
    inset: 0;
    background-image: linear-gradient(var(--grid) 1px, transparent 1px),
      linear-gradient(90deg, var(--grid) 1px, transparent 1px);
  }
  .world,
  .sheet,
  .scaled {
    position: absolute;
    left: 0;
    top: 0;
    transform-origin: 0 0;
  }
  .world {
    /* A layer of its own, which moves without being drawn anew. */
    will-change: transform;
    /* Nothing in it has depth: with this Chromium keeps all of it painted, however far it is moved. */
    perspective: 1000000px;
  }
  /*
   * Nothing is seen of it, but it is painted: what lies on it goes into the same layer, in the scale of the world and
   * not in one of its own, in which Chromium would draw it in full size because of the will-change.
   */
  .sheet {
    background: rgb(127 127 127 / 0.004);
    pointer-events: none;
  }
  :host(.panning) {
    cursor: grab;
  }
  :host([tool='line']),
  :host([tool='rect']),
  :host([tool='ellipse']),
  :host([tool='text']) {
    cursor: crosshair;
  }
  .shield {
    position: absolute;
    inset: 0;
    cursor: grabbing;
  }
  svg.scene {
    display: block;
    width: 1px;
    height: 1px;
    overflow: visible;
  }
  text {
    /* Letters are stretched with everything else, and not measured again whenever the scale is another. */
    text-rendering: geometricPrecision;
    white-space: pre;
    pointer-events: none;
  }
  .node {
    cursor: pointer;
    outline: none;
  }
  .node .label {
    pointer-events: auto;
    cursor: text;
  }
  .edge {
    fill: transparent;
    stroke: transparent;
    cursor: crosshair;
    pointer-events: all;
  }
  .node:hover > .edge {
    stroke: var(--accent);
    stroke-width: 2;
    stroke-dasharray: 4 4;
  }
  .node.target > .edge {
    fill: color-mix(in srgb, var(--accent) 22%, transparent);
    stroke: var(--accent);
    stroke-width: 2;
  }
  .node.selected > .edge {
    fill: color-mix(in srgb, var(--accent) 13%, transparent);
    stroke: var(--accent);
    stroke-width: 2;
    stroke-dasharray: none;
  }
  .node:focus-visible > .edge {
    stroke: var(--accent);
    stroke-width: 4;
  }
  .badge {
    fill: var(--stopped);
    stroke: var(--canvas);
    stroke-width: 2;
    pointer-events: none;
  }
  [data-status='started'] > .badge {
    fill: var(--running);
  }
  [data-status='suspended'] > .badge {
    fill: var(--suspended);
  }
  [data-problem] > .badge {
    fill: var(--warning);
  }
  [data-doing] > .badge {
    fill: var(--suspended);
    animation: doing 0.7s ease-in-out infinite alternate;
  }
  @keyframes doing {
    to {
      opacity: 0.25;
    }
  }
  .link {
    cursor: pointer;
    outline: none;
  }
  .hit {
    fill: none;
    stroke: transparent;
    stroke-width: 13;
    pointer-events: stroke;
  }
  .wire {
    fill: none;
    stroke: var(--wire);
    pointer-events: none;
  }
  /* What passes a link: dashes that move, the wider the more. */
  .flow {
    fill: none;
    stroke: var(--flow);
    stroke-width: 2.5;
    stroke-dasharray: 5 11;
    stroke-linecap: round;
    pointer-events: none;
    animation: flow 0.8s steps(12) infinite;
  }
  .flow.back {
    animation-direction: reverse;
  }
  .flow[data-level='2'] {
    stroke-width: 3.5;
  }
  .flow[data-level='3'] {
    stroke-width: 5;
  }
  .flow[data-level='4'] {
    stroke-width: 7;
  }
  @keyframes flow {
    from {
      stroke-dashoffset: 16;
    }
    to {
      stroke-dashoffset: 0;
    }
  }
  :host(.far) .flow,
  :host(.many) .flow {
    animation: none;
  }
  @media (prefers-reduced-motion: reduce) {
    [data-doing] > .badge,
    .flow {
      animation: none;
    }
  }
  /* Among thousands a line of another colour, however long, is drawn too slowly for a pointer that passes. */
  :host(:not(.large)) .link:hover .wire {
    stroke: var(--accent);
  }
  .link.selected .hit {
    stroke: color-mix(in srgb, var(--accent) 30%, transparent);
  }
  .link:focus-visible .hit {
    stroke: color-mix(in srgb, var(--accent) 60%, transparent);
  }
  .link[data-suspended] .wire {
    opacity: 0.45;
  }
  .dot {
    fill: var(--stopped);
    stroke: var(--canvas);
    stroke-width: 1;
    pointer-events: none;
  }
  .dot.started {
    fill: var(--running);
  }
  .dot.suspended {
    fill: var(--suspended);
  }
  .port {
    paint-order: stroke;
    stroke: var(--canvas);
    stroke-width: 3px;
  }
  :host([ports='off']) .ports {
    display: none;
  }
  /* Not taken out of the layout, and each left as it is: they come and go while the view is zoomed. */
  :host(.far) .ports {
    opacity: 0;
  }
  .mark circle {
    fill: var(--panel);
    stroke: var(--line);
  }
  .mark path {
    fill: none;
    stroke: var(--ink);
    stroke-width: 1.8;
    stroke-linecap: round;
  }
  .mark.capture path {
    stroke: var(--danger);
  }
  .mark.filter path {
    stroke: var(--accent);
  }
  .drawing {
    cursor: move;
    outline: none;
  }
  .drawing text {
    pointer-events: bounding-box;
  }
  .drawing.selected {
    filter: drop-shadow(0 0 2px var(--accent)) drop-shadow(0 0 2px var(--accent));
  }
  .band {
    fill: color-mix(in srgb, var(--accent) 14%, transparent);
    stroke: var(--accent);
    vector-effect: non-scaling-stroke;
    pointer-events: none;
  }
  .draft {
    fill: none;
    stroke: var(--accent);
    stroke-width: 2.5;
    stroke-dasharray: 7 5;
    pointer-events: none;
  }
  .handle {
    fill: var(--panel);
    stroke: var(--accent);
    stroke-width: 2;
    cursor: nwse-resize;
  }
  .edit {
    position: absolute;
    z-index: 5;
    min-width: 120px;
    padding: 3px 6px;
    border: 2px solid var(--accent);
    user-select: text;
  }
`;
