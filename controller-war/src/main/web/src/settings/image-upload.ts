import { css, html, LitElement } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { api } from '../api/client';
import { ApiError } from '../api/http';
import { sendImage } from '../appliances/image-sender';
import { md5Of } from '../appliances/md5';
import { attempt, messages } from '../state/messages';
import { icon } from '../ui/icons';
import { controls } from '../ui/styles';

/** Sends an image to a compute, and compares its sum with what arrived. Says `uploaded`. */
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
  @state() private broken = false;
  @state() private checking = false;

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
      await sendImage({
        compute: this.compute,
        emulator: this.emulator,
        name: file.name,
        file,
        onProgress: (part) => {
          this.sent = part;
          this.broken = false;
        },
        onBreak: () => {
          this.broken = true;
        },
      });
      await this.check(file);
      return true;
    });
    this.file = '';
    if (stored) {
      messages.add('info', `"${file.name}" is among the images now.`);
      this.dispatchEvent(new CustomEvent('uploaded'));
    }
  }

  /** Compares what has arrived with what was sent; says so if it differs. */
  private async check(file: File): Promise<void> {
    const images = await api.images(this.compute, this.emulator);
    const stored = images.find((image) => image.filename === file.name)?.md5sum;
    if (stored) {
      this.checking = true;
      const sum = await md5Of(file);
      this.checking = false;
      if (sum !== stored) {
        throw new ApiError(409, 'What arrived is not what was sent: send it again.');
      }
    }
  }

  override render() {
    return this.file
      ? html`<p>
          <span role="status"
            >${this.checking ? 'Checking' : this.broken ? 'Broken off, trying again:' : 'Sending'}
            ${this.file}</span
          >, ${Math.round(this.sent * 100)}%
          <progress max="1" .value=${this.sent} aria-label="Upload of ${this.file}"></progress>
        </p>`
      : html`<label class="button">
          ${icon('upload')} Upload an image
          <input class="hidden" type="file" @change=${this.send} />
        </label>`;
  }
}
