import { css, html, LitElement } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { api } from '../api/client';
import type { Template } from '../api/types';
import { symbolUrl } from '../api/urls';
import { Follows } from '../state/emitter';
import { kindWords } from '../state/kinds';
import { attempt } from '../state/messages';
import { server } from '../state/server-store';
import { icon } from '../ui/icons';
import { controls } from '../ui/styles';
import { field } from './fields';
import { COMMON, kinds, rulesOf } from './schemas';
import { chooseSymbol } from './symbol-chooser';
import './image-upload';

type Draft = Partial<Template> & { template_type: string };

/** The devices that can be put into labs, and the images they run. */
@customElement('pb-templates-page')
export class TemplatesPage extends LitElement {
  static override styles = [
    controls,
    css`
      :host {
        display: grid;
        grid-template-columns: 290px minmax(0, 1fr);
        min-height: 0;
      }
      nav {
        overflow: auto;
        padding: 16px 10px;
        border-right: 1px solid var(--line);
        background: var(--panel);
      }
      nav button {
        width: 100%;
        min-height: 42px;
        justify-content: flex-start;
        border: 0;
        background: transparent;
      }
      nav button[aria-current='true'] {
        background: var(--accent-soft);
      }
      nav img {
        width: 32px;
        height: 28px;
        object-fit: contain;
      }
      section {
        overflow: auto;
        padding: 20px 28px 60px;
      }
      .fields {
        columns: 300px;
        column-gap: 28px;
        max-width: 960px;
      }
      .fields > * {
        break-inside: avoid;
      }
      .head {
        max-width: 960px;
        margin-bottom: 18px;
      }
      .head img {
        height: 44px;
      }
    `,
  ];

  @state() private draft: Draft | undefined;
  @state() private images: string[] = [];

  constructor() {
    super();
    new Follows(this, () => [server.changed]);
  }

  private edit(template: Draft): void {
    this.draft = { ...template };
    this.images = [];
    void this.loadImages();
  }

  private async loadImages(): Promise<void> {
    const draft = this.draft;
    if (draft) {
      this.images = await api
        .images(draft.compute_id ?? 'local', draft.template_type)
        .then((images) => images.map((image) => image.path ?? image.filename))
        // Kinds without images answer that they have none.
        .catch(() => []);
    }
  }

  private create(kind: string): void {
    const rules = rulesOf(kind);
    const defaults = Object.fromEntries(
      Object.entries(rules).flatMap(([name, rule]) => ('default' in rule ? [[name, rule.default]] : [])),
    );
    this.edit({ ...defaults, template_type: kind, name: `New ${kindWords(kind)}`, compute_id: 'local' });
  }

  private set(name: string, value: unknown): void {
    this.draft = { ...this.draft!, [name]: value } as Draft;
  }

  private async save(): Promise<void> {
    const draft = this.draft!;
    const saved = await attempt('The device was not saved', () =>
      draft.template_id ? api.updateTemplate(draft.template_id, draft) : api.createTemplate(draft),
    );
    if (saved) {
      server.templates.put(saved);
      this.edit(saved);
    }
  }

  private async discard(): Promise<void> {
    const id = this.draft?.template_id;
    if (id) {
      await attempt('The device was not deleted', async () => {
        await api.deleteTemplate(id);
        server.templates.remove(id);
        this.draft = undefined;
      });
    }
  }

  private form(draft: Draft) {
    const rules = rulesOf(draft.template_type);
    const names = Object.keys(rules).filter(
      (name) => !COMMON.has(name) && (!draft.builtin || name in draft),
    );
    return html`<div class="row head">
        <img src=${symbolUrl(draft.symbol ?? ':/symbols/computer.svg')} alt="" />
        <h1 class="grow cut">${draft.name}</h1>
        ${draft.builtin
          ? html`<span class="soft">Always there, and cannot be changed</span>`
          : !server.is('instructor')
          ? html`<span class="soft">Instructors and administrators change it</span>`
          : html`<button
                @click=${() => void chooseSymbol().then((symbol) => symbol && this.set('symbol', symbol))}
              >
                Symbol…
              </button>
              ${draft.template_id
                ? html`<button class="danger" @click=${this.discard}>${icon('trash', 16)} Delete</button>`
                : ''}
              <button class="primary" @click=${this.save}>
                ${draft.template_id ? 'Save' : 'Create'}
              </button>`}
      </div>
      <fieldset class="fields" style="border: 0; padding: 0" ?disabled=${draft.builtin === true || !server.is('instructor')}>
        <label class="field">
          <span>Name</span>
          <input
            .value=${draft.name ?? ''}
            @change=${(event: Event) => this.set('name', (event.target as HTMLInputElement).value)}
          />
        </label>
        ${['category', 'default_name_format'].map((name) =>
          field(name, rules[name], draft[name], (value) => this.set(name, value)),
        )}
        ${names.map((name) =>
          field(name, rules[name], draft[name], (value) => this.set(name, value), this.images),
        )}
      </fieldset>
      ${draft.builtin || !server.is('instructor')
        ? ''
        : html`<pb-image-upload
            .compute=${draft.compute_id ?? 'local'}
            .emulator=${draft.template_type}
            @uploaded=${() => void this.loadImages()}
          ></pb-image-upload>`}`;
  }

  override render() {
    const templates = server.templates.all().sort((a, b) => a.name.localeCompare(b.name));
    const runnable = new Set(
      server.computes.all().flatMap((compute) => compute.capabilities?.node_types ?? []),
    );
    const own = templates.filter((template) => !template.builtin);
    const builtin = templates.filter((template) => template.builtin);
    const entry = (template: Template) =>
      html`<button
        aria-current=${template.template_id === this.draft?.template_id}
        @click=${() => this.edit(template)}
      >
        <img src=${symbolUrl(template.symbol)} alt="" /><span class="cut">${template.name}</span>
      </button>`;
    return html`<nav aria-label="Templates">
        <label class="field" ?hidden=${!server.is('instructor')}>
          <span>New device of kind</span>
          <select
            @change=${(event: Event) => {
              const select = event.target as HTMLSelectElement;
              this.create(select.value);
              select.value = '';
            }}
          >
            <option value="">Choose…</option>
            ${kinds()
              .filter((kind) => runnable.has(kind))
              .map((kind) => html`<option value=${kind}>${kindWords(kind)}</option>`)}
          </select>
        </label>
        ${server.is('instructor')
          ? html`<button
              class="import"
              @click=${() =>
                void import('../appliances/chooser').then(({ chooseAppliance }) =>
                  chooseAppliance((template) => this.edit(template)),
                )}
            >
              ${icon('download', 16)} Import an appliance…
            </button>`
          : ''}
        ${own.map(entry)}
        <h2 class="soft" style="margin: 16px 8px 6px; font-size: 14px">Always there</h2>
        ${builtin.map(entry)}
      </nav>
      <section>
        ${this.draft
          ? this.form(this.draft)
          : html`<h1>Templates</h1>
              <p class="soft">
                Every device of the palette is made from a template. Choose one, or make a new one.
              </p>`}
      </section>`;
  }
}
