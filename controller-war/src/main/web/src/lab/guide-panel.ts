import DOMPurify from 'dompurify';
import { css, html, LitElement } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { unsafeHTML } from 'lit/directives/unsafe-html.js';
import { marked } from 'marked';
import { api } from '../api/client';
import type { LabStore } from '../state/lab-store';
import { attempt } from '../state/messages';
import { controls } from '../ui/styles';

/** Where GNS3's clients keep what a project says of itself. */
const FILE = 'README.txt';

/** The project's guide in Markdown. A link such as `[PC1](#PC1)` shows that device. Says `focus-node`. */
@customElement('pb-guide')
export class GuidePanel extends LitElement {
  static override styles = [
    controls,
    css`
      .guide {
        overflow-wrap: anywhere;
      }
      .guide a {
        color: var(--accent);
      }
      .guide pre,
      .guide code {
        border-radius: 5px;
        background: var(--sunken);
        font: 12.5px var(--mono);
      }
      .guide pre {
        padding: 9px;
        overflow: auto;
      }
      .guide img {
        max-width: 100%;
      }
      textarea {
        width: 100%;
        min-height: 46vh;
        font: 13px/1.5 var(--mono);
      }
    `,
  ];

  @property({ attribute: false }) lab!: LabStore;
  @property({ type: Boolean }) editable = true;
  @state() private text: string | undefined;
  @state() private editing = false;

  override connectedCallback(): void {
    super.connectedCallback();
    void this.load();
  }

  private async load(): Promise<void> {
    this.text = (await attempt('The guide is not there', () => api.projectFile(this.lab.id, FILE))) ?? '';
  }

  private async save(): Promise<void> {
    const text = this.renderRoot.querySelector('textarea')!.value;
    const saved = await attempt('The guide was not saved', async () => {
      await api.writeProjectFile(this.lab.id, FILE, text);
      return true;
    });
    if (saved) {
      this.text = text;
      this.editing = false;
    }
  }

  private follow(event: MouseEvent): void {
    const link = (event.target as Element).closest('a');
    const target = link?.getAttribute('href') ?? '';
    if (!link) {
      return;
    }
    event.preventDefault();
    if (!target.startsWith('#')) {
      open(target, '_blank', 'noopener,noreferrer');
      return;
    }
    const name = decodeURIComponent(target.slice(1)).toLowerCase();
    const node = this.lab.nodes.all().find((one) => one.name.toLowerCase() === name);
    if (node) {
      this.dispatchEvent(
        new CustomEvent('focus-node', { detail: node.node_id, bubbles: true, composed: true }),
      );
    }
  }

  override render() {
    if (this.text === undefined) {
      return html`<p class="soft">Loading…</p>`;
    }
    if (this.editing) {
      return html`<textarea aria-label="Guide, in Markdown" .value=${this.text}></textarea>
        <p class="soft">Markdown. A link such as <code>[PC1](#PC1)</code> shows that device.</p>
        <div class="buttons">
          <button
            @click=${() => {
              this.editing = false;
            }}
          >
            Cancel
          </button>
          <button class="primary" @click=${this.save}>Save</button>
        </div>`;
    }
    const clean = DOMPurify.sanitize(marked.parse(this.text, { async: false }), {
      FORBID_TAGS: ['style', 'form', 'input', 'button'],
    });
    return html`${this.text.trim()
        ? html`<div class="guide" @click=${this.follow}>${unsafeHTML(clean)}</div>`
        : html`<p class="soft">
            This lab has no guide yet${this.editable ? ': say here what it is for, and what to try' : ''}.
          </p>`}
      <button
        ?hidden=${!this.editable}
        @click=${() => {
          this.editing = true;
        }}
      >
        ${this.text.trim() ? 'Edit' : 'Write one'}
      </button>`;
  }
}
