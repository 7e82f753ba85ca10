import { html, render } from 'lit';
import { api } from '../api/client';
import type { SymbolInfo } from '../api/types';
import { symbolUrl } from '../api/urls';
import { attempt } from '../state/messages';
import { showDialog } from '../ui/dialog';

/** Lets the user choose a symbol; undefined if none was. */
export async function chooseSymbol(): Promise<string | undefined> {
  const symbols = await attempt('The symbols are not there', () => api.symbols());
  if (!symbols) {
    return undefined;
  }
  return new Promise((resolve) => {
    let chosen: string | undefined;
    const place = document.createElement('div');
    const themes = [...new Set(symbols.map((symbol) => symbol.theme))].sort();
    let theme = themes.includes('Classic') ? 'Classic' : (themes[0] ?? '');
    const draw = (close: () => void) => {
      const shown: SymbolInfo[] = symbols.filter((symbol) => symbol.theme === theme);
      render(
        html`<select
            aria-label="Theme"
            @change=${(event: Event) => {
              theme = (event.target as HTMLSelectElement).value;
              draw(close);
            }}
          >
            ${themes.map((one) => html`<option ?selected=${one === theme}>${one}</option>`)}
          </select>
          <div class="symbols">
            ${shown.map(
              (symbol) =>
                html`<button
                  class="quiet"
                  title=${symbol.filename}
                  aria-label=${symbol.filename}
                  @click=${() => {
                    chosen = symbol.symbol_id;
                    close();
                  }}
                >
                  <img src=${symbolUrl(symbol.symbol_id)} alt="" loading="lazy" />
                </button>`,
            )}
          </div>`,
        place,
      );
    };
    const dialog = showDialog(
      'Symbol',
      (close) => {
        draw(close);
        return html`${place}`;
      },
      '640px',
    );
    dialog.addEventListener('closed', () => resolve(chosen));
  });
}
