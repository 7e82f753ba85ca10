import { html, render } from 'lit';
import { api } from '../api/client';
import type { Appliance, Template } from '../api/types';
import { attempt, messages } from '../state/messages';
import { showDialog } from '../ui/dialog';
import { icon } from '../ui/icons';
import { parseAppliance } from './appliance';
import { importAppliance } from './import-dialog';

const MOST = 60;

/** Reads a file that the user chose. */
export async function readAppliance(file: File): Promise<Appliance | undefined> {
  try {
    return parseAppliance(await file.text());
  } catch (failure) {
    messages.add('error', failure instanceof Error ? failure.message : 'The file cannot be read.');
    return undefined;
  }
}

/** Lets the user choose an appliance, of the server's or a file, and make a device of it. */
export async function chooseAppliance(made: (template: Template) => void): Promise<void> {
  const all = (await attempt('The appliances are not known', () => api.appliances())) ?? [];
  showDialog(
    'Import an appliance',
    (close) => {
      const use = (appliance: Appliance | undefined) => {
        if (appliance) {
          close();
          importAppliance(appliance, made);
        }
      };
      const list = document.createElement('div');
      const show = (words: string) => {
        const wanted = words.trim().toLowerCase();
        const found = all.filter((one) => one.name.toLowerCase().includes(wanted));
        render(
          html`${found.slice(0, MOST).map(
            (one) =>
              html`<button
                class="quiet"
                style="width: 100%; justify-content: flex-start"
                @click=${() => use(one)}
              >
                ${one.name}<span class="soft">${one.vendor_name ?? ''}</span>
              </button>`,
          )}
          ${found.length > MOST ? html`<p class="soft">and ${found.length - MOST} more</p>` : ''}`,
          list,
        );
      };
      show('');
      return html`<label class="button primary">
          ${icon('upload')} Choose a .gns3a file
          <input
            class="hidden"
            type="file"
            accept=".gns3a,.gns3appliance,application/json"
            aria-label="File of an appliance"
            @change=${async (event: Event) => {
              const input = event.target as HTMLInputElement;
              const file = input.files?.[0];
              input.value = '';
              use(file && (await readAppliance(file)));
            }}
          />
        </label>
        ${all.length > 0
          ? html`<p class="soft">or one of those that the server has:</p>
              <input
                type="search"
                style="width: 100%"
                placeholder="Search"
                aria-label="Search the appliances"
                @input=${(event: Event) => show((event.target as HTMLInputElement).value)}
              />
              <div style="max-height: 45vh; overflow: auto; margin-top: 8px">${list}</div>`
          : html`<p class="soft">
              The server has no appliances of its own; those in its directory of appliances would be
              listed here.
            </p>`}`;
    },
    '560px',
  );
}
