import { html, svg, type TemplateResult } from 'lit';
import type { LabNode, Link } from '../api/types';
import { symbolUrl } from '../api/urls';

/** As many as tell labs apart; more would only be a blot. */
const MOST = 150;

/** What of a topology a small picture needs; closed projects have no more. */
export type Sketch = {
  nodes: Pick<LabNode, 'node_id' | 'x' | 'y' | 'width' | 'height' | 'symbol'>[];
  links: Pick<Link, 'link_id' | 'nodes'>[];
};

export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** The box around all nodes, with some room, and not so small that two PCs fill the picture. */
export function boxOf(nodes: Sketch['nodes'], least = { width: 420, height: 220 }): Box {
  const left = Math.min(...nodes.map((node) => node.x));
  const top = Math.min(...nodes.map((node) => node.y));
  const right = Math.max(...nodes.map((node) => node.x + (node.width || 60)));
  const bottom = Math.max(...nodes.map((node) => node.y + (node.height || 60)));
  const width = Math.max(right - left + 60, least.width);
  const height = Math.max(bottom - top + 60, least.height);
  return {
    x: (left + right) / 2 - width / 2,
    y: (top + bottom) / 2 - height / 2,
    width,
    height,
  };
}

/** A small picture of a topology. */
export function thumbnail(sketch: Sketch | undefined): TemplateResult {
  if (!sketch || sketch.nodes.length === 0) {
    return html`<div class="blank ${sketch ? 'empty' : ''}"></div>`;
  }
  const nodes = sketch.nodes.slice(0, MOST);
  const box = boxOf(nodes);
  const places = new Map(
    nodes.map((node) => [
      node.node_id,
      { x: node.x + (node.width || 60) / 2, y: node.y + (node.height || 60) / 2 },
    ]),
  );
  const lines = sketch.links.map((link) => link.nodes.map((end) => places.get(end.node_id)));
  return html`<svg
    viewBox="${box.x} ${box.y} ${box.width} ${box.height}"
    preserveAspectRatio="xMidYMid meet"
    aria-hidden="true"
  >
    ${lines.map(([a, b]) =>
      a && b
        ? svg`<line x1=${a.x} y1=${a.y} x2=${b.x} y2=${b.y} stroke="var(--wire)" stroke-width="3" />`
        : '',
    )}
    ${nodes.map(
      (node) => svg`<image href=${symbolUrl(node.symbol)} x=${node.x} y=${node.y}
        width=${node.width || 60} height=${node.height || 60} />`,
    )}
  </svg>`;
}
