import { css, html, LitElement } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import type { Template } from '../api/types';
import { symbolUrl } from '../api/urls';
import { Follows } from '../state/emitter';
import { preferences } from '../state/preferences';
import { server } from '../state/server-store';
import { icon } from '../ui/icons';
import { controls } from '../ui/styles';
import { usable } from './palette-rules';

/** What a dragged template is called in a drag's data. */
export const TEMPLATE = 'application/x-patchbay-template';

const CATEGORIES = [
  ['router', 'Routers'],
  ['switch', 'Switches'],
  ['guest', 'End devices'],
  ['firewall', 'Firewalls'],
] as const;

const RECENT = 4;

export function remember(id: string): void {
  const recent = [id, ...preferences.kept.recent.filter((one) => one !== id)].slice(0, RECENT);
  preferences.set({ recent });
}

/** Devices to drag onto the canvas; Enter or a double click puts one in the middle. Says `add`. */
@customElement('pb-palette')
export class Palette extends LitElement {
  static override styles = [
    controls,
    css`
      :host {
        display: flex;
        flex-direction: column;
        min-height: 0;
        background: var(--panel);
        border-right: 1px solid var(--line);
      }
      .search {
        position: relative;
        padding: 10px;
      }
      .search svg {
        position: absolute;
        left: 19px;
        top: 18px;
        color: var(--ink-soft);
      }
      .search input {
        width: 100%;
        padding-left: 32px;
      }
      .list {
        overflow: auto;
        padding: 0 10px 16px;
      }
      h2 {
        margin: 12px 4px 6px;
        color: var(--ink-soft);
        font-size: 12px;
        font-weight: 600;
        letter-spacing: 0.04em;
      }
      .devices {
        display: grid;
        grid-template-columns: 1fr 1fr;
        gap: 6px;
      }
      .device {
        flex-direction: column;
        gap: 4px;
        min-width: 0;
        padding: 9px 4px 7px;
        border-color: transparent;
        background: var(--ground);
        font-size: 12px;
        white-space: normal;
        overflow-wrap: anywhere;
        cursor: grab;
      }
      .device img {
        height: 38px;
        max-width: 62px;
        pointer-events: none;
      }
    `,
  ];

  @state() private query = '';
  /** As they were when the lab was opened: devices must not move away below the pointer. */
  private readonly recent = preferences.kept.recent;

  constructor() {
    super();
    new Follows(this, () => [server.changed]);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.role = 'region';
    this.ariaLabel = 'Devices';
  }

  private device(template: Template) {
    const add = () =>
      this.dispatchEvent(new CustomEvent('add', { detail: template.template_id }));
    return html`<button
      class="device"
      draggable="true"
      title="Drag onto the canvas, or press Enter; tap it on a touch screen"
      @dragstart=${(event: DragEvent) => {
        event.dataTransfer!.setData(TEMPLATE, template.template_id);
        event.dataTransfer!.effectAllowed = 'copy';
        const picture = (event.target as Element).querySelector('img');
        if (picture) {
          event.dataTransfer!.setDragImage(picture, picture.width / 2, picture.height / 2);
        }
      }}
      @click=${(event: PointerEvent) => event.pointerType === 'touch' && add()}
      @dblclick=${(event: MouseEvent) => (event as PointerEvent).pointerType !== 'touch' && add()}
      @keydown=${(event: KeyboardEvent) => {
        if (event.key === 'Enter') {
          event.preventDefault();
          add();
        }
      }}
    >
      <img src=${symbolUrl(template.symbol)} alt="" />${template.name}
    </button>`;
  }

  private group(title: string, templates: Template[]) {
    return templates.length === 0
      ? ''
      : html`<h2>${title}</h2>
          <div class="devices">${templates.map((template) => this.device(template))}</div>`;
  }

  override render() {
    const kinds = new Set(
      server.computes.all().flatMap((compute) => compute.capabilities?.node_types ?? []),
    );
    const all = usable(server.templates.all(), kinds);
    const wanted = this.query.trim().toLowerCase();
    const found = all.filter((template) => template.name.toLowerCase().includes(wanted));
    const recent = this.recent.flatMap(
      (id) => all.find((template) => template.template_id === id) ?? [],
    );
    const known = new Set<string>(CATEGORIES.map(([category]) => category));
    return html`<div class="search">
        ${icon('search', 16)}
        <input
          type="search"
          placeholder="Devices"
          aria-label="Search devices"
          .value=${this.query}
          @input=${(event: Event) => {
            this.query = (event.target as HTMLInputElement).value;
          }}
        />
      </div>
      <div class="list">
        ${wanted || all.length < 6 ? '' : this.group('Used last', recent)}
        ${CATEGORIES.map(([category, title]) =>
          this.group(
            title,
            found.filter((template) => template.category === category),
          ),
        )}
        ${this.group(
          'Other',
          found.filter((template) => !known.has(template.category)),
        )}
        ${found.length === 0 ? html`<p class="soft">No such device.</p>` : ''}
      </div>`;
  }
}
