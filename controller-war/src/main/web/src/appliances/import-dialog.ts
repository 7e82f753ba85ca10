import { css, html, LitElement, type PropertyValues } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { api } from '../api/client';
import type { Appliance, ApplianceVersion, ImageInfo, Template } from '../api/types';
import { attempt, messages } from '../state/messages';
import { server } from '../state/server-store';
import { showDialog } from '../ui/dialog';
import { icon } from '../ui/icons';
import { size } from '../ui/numbers';
import { controls } from '../ui/styles';
import { wordsFor } from '../settings/schemas';
import { kindOf, md5Wanted, needsOf, templateOf, versionsOf, type Need } from './appliance';
import { sendImage } from './image-sender';
import { md5Of } from './md5';

/** Of one image that is on its way. */
interface Way {
  words: string;
  part: number;
}

/** Makes a device of an appliance: version, images, template. Says `done` with the template. */
@customElement('pb-appliance-import')
export class ApplianceImport extends LitElement {
  static override styles = [
    controls,
    css`
      ul {
        margin: 8px 0 0;
        padding: 0;
        list-style: none;
      }
      li {
        padding: 8px 0;
        border-top: 1px solid var(--line);
      }
      .there {
        color: var(--accent);
      }
      .missing {
        color: var(--warning);
      }
    `,
  ];

  @property({ attribute: false }) appliance!: Appliance;
  @state() private version!: ApplianceVersion;
  @state() private compute = 'local';
  @state() private images: ImageInfo[] | undefined;
  @state() private ways = new Map<string, Way>();

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('appliance')) {
      this.choose(versionsOf(this.appliance)[0]!);
    }
  }

  private get kind(): string {
    return kindOf(this.appliance, this.version);
  }

  private choose(version: ApplianceVersion, compute = this.compute): void {
    this.version = version;
    const able = server.computes.all().filter((one) => one.capabilities?.node_types.includes(this.kind));
    this.compute = able.some((one) => one.compute_id === compute)
      ? compute
      : (able[0]?.compute_id ?? 'local');
    this.images = undefined;
    void this.look();
  }

  private async look(): Promise<void> {
    const needed = Object.keys(this.version.images ?? {}).length > 0;
    this.images = needed
      ? ((await attempt('The images are not known', () => api.images(this.compute, this.kind))) ?? [])
      : [];
  }

  private way(name: string, way: Way | undefined): void {
    const ways = new Map(this.ways);
    if (way) {
      ways.set(name, way);
    } else {
      ways.delete(name);
    }
    this.ways = ways;
  }

  private async take({ image }: Need, event: Event): Promise<void> {
    const input = event.target as HTMLInputElement;
    const file = input.files?.[0];
    input.value = '';
    if (!file) {
      return;
    }
    const name = image.filename;
    const wanted = md5Wanted(image);
    await attempt(`"${file.name}" was not stored`, async () => {
      if (wanted) {
        this.way(name, { words: 'Checking', part: 0 });
        const sum = await md5Of(file, (part) => this.way(name, { words: 'Checking', part }));
        if (sum !== wanted) {
          messages.add('error', `"${file.name}" is not ${name}: its MD5 sum is ${sum} and not ${wanted}.`);
          return;
        }
      }
      this.way(name, { words: 'Sending', part: 0 });
      await sendImage({
        compute: this.compute,
        emulator: this.kind,
        name,
        file,
        onProgress: (part) => this.way(name, { words: 'Sending', part }),
        onBreak: () => this.way(name, { words: 'Broken off, trying again', part: 0 }),
      });
      await this.look();
    });
    this.way(name, undefined);
  }

  private async create(needs: Need[]): Promise<void> {
    const files = Object.fromEntries(
      needs.map(({ use, image, found }) => [use, found?.path ?? found?.filename ?? image.filename]),
    );
    const made = await attempt('The device was not made', () =>
      api.createTemplate(templateOf(this.appliance, this.version, this.compute, files)),
    );
    if (made) {
      server.templates.put(made);
      messages.add('info', `"${made.name}" is among the devices now.`);
      this.dispatchEvent(new CustomEvent<Template>('done', { detail: made }));
    }
  }

  private need(need: Need) {
    const { image, found, use } = need;
    const way = this.ways.get(image.filename);
    const where = image.direct_download_url ?? image.download_url ?? '';
    return html`<li>
      <div class="row">
        <span class="grow">
          <strong>${image.filename}</strong>
          ${image.filesize ? html`<span class="soft">${size(image.filesize)}</span>` : ''}<br />
          <span class="soft">${wordsFor(use)}</span>
          ${/^https?:/.test(where)
            ? html` · <a href=${where} target="_blank" rel="noopener noreferrer">where it is from</a>`
            : ''}
        </span>
        ${found
          ? html`<span class="there">there${md5Wanted(image) ? ', sum checked' : ''}</span>`
          : way
            ? ''
            : html`<span class="missing">missing</span>
                <label class="button">
                  ${icon('upload', 16)} Choose the file
                  <input
                    class="hidden"
                    type="file"
                    aria-label="File of ${image.filename}"
                    @change=${(event: Event) => this.take(need, event)}
                  />
                </label>`}
      </div>
      ${way
        ? html`<p>
            <span role="status">${way.words} ${image.filename}</span>, ${Math.round(way.part * 100)}%
            <progress max="1" .value=${way.part} aria-label="${way.words} ${image.filename}"></progress>
          </p>`
        : ''}
    </li>`;
  }

  override render() {
    const { appliance, version } = this;
    const versions = versionsOf(appliance);
    const computes = server.computes
      .all()
      .filter((one) => one.capabilities?.node_types.includes(this.kind));
    const needs = this.images ? needsOf(appliance, version, this.images) : [];
    const ready = this.images !== undefined && needs.every((need) => need.found) && computes.length > 0;
    return html`${appliance.description ? html`<p>${appliance.description}</p>` : ''}
      <div class="row" style="align-items: start">
        ${versions.length > 1
          ? html`<label class="field grow">
              <span>Version</span>
              <select
                @change=${(event: Event) =>
                  this.choose(versions[Number((event.target as HTMLSelectElement).value)]!)}
              >
                ${versions.map(
                  (one, index) =>
                    html`<option value=${index} ?selected=${one === version}>${one.name}</option>`,
                )}
              </select>
            </label>`
          : ''}
        <label class="field grow">
          <span>Compute</span>
          <select
            @change=${(event: Event) => this.choose(version, (event.target as HTMLSelectElement).value)}
          >
            ${computes.map(
              (one) =>
                html`<option value=${one.compute_id} ?selected=${one.compute_id === this.compute}>
                  ${one.name}
                </option>`,
            )}
          </select>
        </label>
      </div>
      ${computes.length === 0
        ? html`<p class="missing" role="status">No compute runs devices of the kind ${this.kind}.</p>`
        : ''}
      ${needs.length > 0 ? html`<ul>${needs.map((need) => this.need(need))}</ul>` : ''}
      ${this.images === undefined ? html`<p class="soft">Loading…</p>` : ''}
      <div class="buttons">
        <button class="primary" ?disabled=${!ready} @click=${() => this.create(needs)}>
          Create the device
        </button>
      </div>`;
  }
}

/** Shows an appliance, to make a device of it. */
export function importAppliance(appliance: Appliance, made: (template: Template) => void): void {
  showDialog(
    appliance.name,
    (close) =>
      html`<pb-appliance-import
        .appliance=${appliance}
        @done=${(event: CustomEvent<Template>) => {
          close();
          made(event.detail);
        }}
      ></pb-appliance-import>`,
    '640px',
  );
}
