import { css, html, LitElement } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { api } from '../api/client';
import type { Snapshot } from '../api/types';
import type { LabStore } from '../state/lab-store';
import { attempt, messages } from '../state/messages';
import { icon } from '../ui/icons';
import { controls } from '../ui/styles';

const WHEN = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });

/** The snapshots of a lab as a time line. */
@customElement('pb-snapshots')
export class SnapshotsPanel extends LitElement {
  static override styles = [
    controls,
    css`
      ol {
        margin: 14px 0 0 6px;
        padding: 0 0 0 18px;
        border-left: 2px solid var(--line);
        list-style: none;
      }
      li {
        position: relative;
        padding-bottom: 16px;
      }
      li::before {
        content: '';
        position: absolute;
        left: -24px;
        top: 6px;
        width: 10px;
        height: 10px;
        border-radius: 50%;
        background: var(--accent);
      }
      form input {
        min-width: 0;
      }
    `,
  ];

  @property({ attribute: false }) lab!: LabStore;
  @property({ type: Boolean }) editable = true;
  @state() private snapshots: Snapshot[] | undefined;
  @state() private busy = '';

  override connectedCallback(): void {
    super.connectedCallback();
    void this.load();
  }

  private async load(): Promise<void> {
    this.snapshots = await attempt('The snapshots are not there', () => api.snapshots(this.lab.id));
  }

  private async work(what: string, failed: string, work: () => Promise<unknown>): Promise<boolean> {
    this.busy = what;
    const done = await attempt(failed, async () => {
      await work();
      return true;
    });
    this.busy = '';
    await this.load();
    return done === true;
  }

  private async take(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const form = event.target as HTMLFormElement;
    const name = String(new FormData(form).get('name')).trim();
    if (name) {
      const taken = await this.work('Taking the snapshot…', 'No snapshot was taken', () =>
        api.takeSnapshot(this.lab.id, name),
      );
      if (taken) {
        form.reset();
      }
    }
  }

  private async restore(snapshot: Snapshot): Promise<void> {
    const done = await this.work('Going back…', 'The snapshot was not restored', () =>
      api.restoreSnapshot(this.lab.id, snapshot.snapshot_id),
    );
    if (done) {
      await this.lab.load();
      messages.add('info', `The lab is as it was in "${snapshot.name}".`);
    }
  }

  private form() {
    return html`<form class="row" @submit=${this.take}>
      <input class="grow" name="name" placeholder="Name" aria-label="Name of a new snapshot" autocomplete="off" />
      <button class="primary" ?disabled=${this.busy !== ''}>Take snapshot</button>
    </form>`;
  }

  override render() {
    const list = [...(this.snapshots ?? [])].reverse();
    return html`${this.editable ? this.form() : ''}
      ${this.busy ? html`<p role="status">${this.busy}<progress aria-label=${this.busy}></progress></p>` : ''}
      ${this.snapshots?.length === 0
        ? html`<p class="soft">
            A snapshot keeps the whole lab as it is now, to come back to. Devices have to be stopped.
          </p>`
        : ''}
      <ol>
        ${list.map(
          (snapshot) =>
            html`<li>
              <strong>${snapshot.name}</strong><br />
              <span class="soft">${WHEN.format(snapshot.created_at * 1000)}</span>
              <div class="row" style="margin-top: 6px" ?hidden=${!this.editable}>
                <button ?disabled=${this.busy !== ''} @click=${() => this.restore(snapshot)}>
                  ${icon('undo', 16)} Restore
                </button>
                <button
                  class="quiet icon danger"
                  aria-label="Delete ${snapshot.name}"
                  ?disabled=${this.busy !== ''}
                  @click=${() =>
                    this.work('Deleting…', 'The snapshot was not deleted', () =>
                      api.deleteSnapshot(this.lab.id, snapshot.snapshot_id),
                    )}
                >
                  ${icon('trash', 16)}
                </button>
              </div>
            </li>`,
        )}
      </ol>`;
  }
}
