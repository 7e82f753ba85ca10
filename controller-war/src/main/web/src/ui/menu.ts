import { css, html, LitElement } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { focused } from './focus';
import { icon } from './icons';
import type { MenuEntry } from './menu-entries';
import { controls } from './styles';

/** A menu at a place of the page, used by mouse and keyboard. */
@customElement('pb-menu')
export class Menu extends LitElement {
  static override styles = [
    controls,
    css`
      :host {
        position: fixed;
        z-index: 50;
        min-width: 200px;
        max-height: calc(100vh - 16px);
        overflow: auto;
        padding: 5px;
        border: 1px solid var(--line);
        border-radius: 10px;
        background: var(--raised);
        box-shadow: var(--shadow);
      }
      [role='menu'] {
        display: grid;
      }
      button {
        justify-content: flex-start;
        border: 0;
        background: transparent;
      }
      button:hover:not(:disabled),
      button:focus-visible {
        background: var(--accent-soft);
        outline-offset: -2px;
      }
      kbd {
        margin-left: auto;
        color: var(--ink-soft);
        font: 12px var(--mono);
      }
      hr {
        margin: 5px 4px;
        border: 0;
        border-top: 1px solid var(--line);
      }
      svg {
        flex: none;
        width: 18px;
      }
      .gap {
        width: 18px;
      }
      .label {
        margin-right: 14px;
      }
    `,
  ];

  @property({ attribute: false }) entries: MenuEntry[] = [];
  /** Whose menu it is, for who does not see it. */
  @property() name = '';
  private opener: HTMLElement | SVGElement | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.opener = focused();
    addEventListener('pointerdown', this.outside, true);
    addEventListener('blur', this.close);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener('pointerdown', this.outside, true);
    removeEventListener('blur', this.close);
  }

  private readonly outside = (event: Event) => {
    if (!event.composedPath().includes(this)) {
      this.close();
    }
  };

  readonly close = () => {
    this.remove();
    this.opener?.focus({ preventScroll: true });
  };

  override firstUpdated(): void {
    this.buttons()[0]?.focus();
  }

  private buttons(): HTMLButtonElement[] {
    return [...this.renderRoot.querySelectorAll<HTMLButtonElement>('button:not(:disabled)')];
  }

  private keys(event: KeyboardEvent): void {
    const buttons = this.buttons();
    const at = buttons.indexOf(event.target as HTMLButtonElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 }[event.key];
    if (to !== undefined) {
      event.preventDefault();
      buttons.at(to % buttons.length)?.focus();
    } else if (event.key === 'Escape' || event.key === 'Tab') {
      event.preventDefault();
      this.close();
    }
    event.stopPropagation();
  }

  override render() {
    return html`<div role="menu" aria-label=${this.name} @keydown=${this.keys}>
      ${this.entries.map((entry) =>
        entry === '-'
          ? html`<hr />`
          : html`<button
              role="menuitem"
              class=${entry.danger ? 'danger' : ''}
              ?disabled=${entry.disabled}
              @click=${() => {
                this.close();
                void entry.run();
              }}
            >
              ${entry.icon ? icon(entry.icon) : html`<span class="gap"></span>`}<span class="label">${entry.label}</span>
              ${entry.keys ? html`<kbd>${entry.keys}</kbd>` : ''}
            </button>`,
      )}
    </div>`;
  }
}

let shown: Menu | undefined;

/** Shows a menu with its corner at a place of the page, moved so that all of it is seen. */
export function showMenu(x: number, y: number, name: string, entries: MenuEntry[]): void {
  shown?.remove();
  const menu = new Menu();
  shown = menu;
  menu.name = name;
  menu.entries = entries;
  menu.style.left = `${x}px`;
  menu.style.top = `${y}px`;
  // Inside the page's main part, so that it is in no place of its own for who goes from part to part.
  (document.querySelector('pb-app')?.shadowRoot?.querySelector('.over') ?? document.body).append(menu);
  void menu.updateComplete.then(() => {
    const box = menu.getBoundingClientRect();
    menu.style.left = `${Math.max(8, Math.min(x, innerWidth - box.width - 8))}px`;
    menu.style.top = `${Math.max(8, Math.min(y, innerHeight - box.height - 8))}px`;
  });
}

/** Shows a menu below the button that was pressed. */
export function menuBelow(event: Event, name: string, entries: MenuEntry[]): void {
  const box = (event.currentTarget as Element).getBoundingClientRect();
  showMenu(box.left, box.bottom + 4, name, entries);
}
