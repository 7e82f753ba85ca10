import { css, html, LitElement } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { api } from '../api/client';
import { attempt, messages } from '../state/messages';
import { icon } from '../ui/icons';
import { controls } from '../ui/styles';

/** Sends an image to a compute. Says `uploaded`. */
@customElement('pb-image-upload')
export class ImageUpload extends LitElement {
  static override styles = [
    controls,
    css`
      :host {
        display: block;
        max-width: 960px;
        margin-top: 18px;
      }
    `,
  ];

  @property() compute = 'local';
  @property() emulator = '';
  @state() private file = '';
  @state() private sent = 0;

  private async send(event: Event): Promise<void> {
    const input = event.target as HTMLInputElement;
    const file = input.files?.[0];
    input.value = '';
    if (!file) {
      return;
    }
    this.file = file.name;
    this.sent = 0;
    const stored = await attempt(`"${file.name}" was not stored`, async () => {
      await api.uploadImage(this.compute, this.emulator, file.name, file, (part) => {
        this.sent = part;
      });
      return true;
    });
    this.file = '';
    if (stored) {
      messages.add('info', `"${file.name}" is among the images now.`);
      this.dispatchEvent(new CustomEvent('uploaded'));
    }
  }

  override render() {
    return this.file
      ? html`<p role="status">
          Sending ${this.file}, ${Math.round(this.sent * 100)}%
          <progress max="1" .value=${this.sent} aria-label="Upload of ${this.file}"></progress>
        </p>`
      : html`<label class="button">
          ${icon('upload')} Upload an image
          <input class="hidden" type="file" @change=${this.send} />
        </label>`;
  }
}
