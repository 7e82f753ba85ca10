import { html, render } from 'lit';
import { api } from '../api/client';
import type { SymbolInfo } from '../api/types';
import { symbolUrl } from '../api/urls';
import { attempt } from '../state/messages';
import { server } from '../state/server-store';
import { showDialog } from '../ui/dialog';
import { icon } from '../ui/icons';

const FIRST_THEME = 'Classic';

/** Lets the user choose a symbol, or bring one; undefined if none was. */
export async function chooseSymbol(): Promise<string | undefined> {
  const symbols = await attempt('The symbols are not there', () => api.symbols());
  if (!symbols) {
    return undefined;
  }
  return new Promise((resolve) => {
    let chosen: string | undefined;
    const dialog = showDialog(
      'Symbol',
      (close) => {
        const chooser = new Chooser(symbols, (symbol) => {
          chosen = symbol;
          close();
        });
        return html`${chooser.place}`;
      },
      '640px',
    );
    dialog.addEventListener('closed', () => resolve(chosen));
  });
}

/** Symbols of a theme; those whose name has the words that are looked for are of any theme. */
function found(symbols: SymbolInfo[], theme: string, words: string): SymbolInfo[] {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
  return symbols.filter((symbol) =>
    wanted.length === 0
      ? symbol.theme === theme
      : wanted.every((word) => symbol.filename.toLowerCase().includes(word)),
  );
}

class Chooser {
  readonly place = document.createElement('div');
  private theme: string;
  private words = '';

  constructor(
    private readonly symbols: SymbolInfo[],
    private readonly choose: (symbol: string) => void,
  ) {
    this.theme = this.themes().includes(FIRST_THEME) ? FIRST_THEME : (this.themes()[0] ?? '');
    this.draw();
  }

  private themes(): string[] {
    return [...new Set(this.symbols.map((symbol) => symbol.theme))].sort();
  }

  private async bring(event: Event): Promise<void> {
    const input = event.target as HTMLInputElement;
    const [file] = input.files ?? [];
    input.value = '';
    if (!file) {
      return;
    }
    const stored = await attempt(`"${file.name}" was not taken`, async () => {
      await api.uploadSymbol(file.name, file);
      return (await api.symbols()).find((symbol) => !symbol.builtin && symbol.filename === file.name);
    });
    if (stored) {
      this.choose(stored.symbol_id);
    }
  }

  private draw(): void {
    const shown = found(this.symbols, this.theme, this.words);
    render(
      html`<div class="row">
          <select
            aria-label="Theme"
            ?disabled=${this.words.trim() !== ''}
            @change=${(event: Event) => {
              this.theme = (event.target as HTMLSelectElement).value;
              this.draw();
            }}
          >
            ${this.themes().map((one) => html`<option ?selected=${one === this.theme}>${one}</option>`)}
          </select>
          <input
            class="grow"
            type="search"
            placeholder="Search"
            aria-label="Search symbols"
            @input=${(event: Event) => {
              this.words = (event.target as HTMLInputElement).value;
              this.draw();
            }}
          />
          ${server.is('instructor')
            ? html`<label class="button">
                ${icon('upload', 16)} One of your own
                <input
                  class="hidden"
                  type="file"
                  accept=".svg,.png,.jpg,.jpeg,.gif"
                  aria-label="File of a symbol"
                  @change=${(event: Event) => void this.bring(event)}
                />
              </label>`
            : ''}
        </div>
        <div class="symbols">
          ${shown.map(
            (symbol) =>
              html`<button
                class="quiet"
                title=${symbol.filename}
                aria-label=${symbol.filename}
                @click=${() => this.choose(symbol.symbol_id)}
              >
                <img src=${symbolUrl(symbol.symbol_id)} alt="" loading="lazy" />
              </button>`,
          )}
        </div>
        ${shown.length === 0 ? html`<p class="soft" role="status">No such symbol.</p>` : ''}`,
      this.place,
    );
  }
}
