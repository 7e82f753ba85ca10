import { css, html, LitElement, render, type TemplateResult } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import { icon } from './icons';
import { controls } from './styles';

/** A dialog over the page; Escape and a click beside it close it. Says `close` when it is gone. */
@customElement('pb-dialog')
export class Dialog extends LitElement {
  static override styles = [
    controls,
    css`
      dialog {
        width: min(var(--dialog-width, 480px), calc(100vw - 48px));
        max-height: calc(100vh - 64px);
        padding: 0;
        border: 1px solid var(--line);
        border-radius: 12px;
        background: var(--panel);
        color: var(--ink);
        box-shadow: 0 12px 48px rgb(0 0 0 / 0.3);
      }
      dialog::backdrop {
        background: rgb(10 16 22 / 0.45);
      }
      .head {
        display: flex;
        align-items: center;
        gap: 8px;
        padding: 14px 12px 10px 20px;
      }
      .body {
        padding: 0 20px 20px;
      }
    `,
  ];

  @property() heading = '';
  @query('dialog') private box!: HTMLDialogElement;

  override firstUpdated(): void {
    this.box.showModal();
  }

  close(): void {
    this.box.close();
  }

  override render() {
    return html`<dialog
      aria-label=${this.heading}
      @close=${() => this.dispatchEvent(new CustomEvent('closed'))}
      @click=${(event: MouseEvent) => event.target === this.box && this.box.close()}
    >
      <div class="head">
        <h2 class="grow">${this.heading}</h2>
        <button class="quiet icon" aria-label="Close" @click=${() => this.box.close()}>
          ${icon('close')}
        </button>
      </div>
      <div class="body"><slot></slot></div>
    </dialog>`;
  }
}

/** Shows a dialog with this content until it is closed. */
export function showDialog(
  heading: string,
  content: (close: () => void) => TemplateResult,
  width = '480px',
): Dialog {
  const dialog = new Dialog();
  dialog.heading = heading;
  dialog.style.setProperty('--dialog-width', width);
  document.body.append(dialog);
  dialog.addEventListener('closed', () => dialog.remove());
  render(content(() => dialog.close()), dialog);
  return dialog;
}

/**
 * Asks for a line of text.
 *
 * @returns the text without blanks around it; undefined if the user does not want to
 */
export function askText(heading: string, label: string, value = '', confirm = 'OK'): Promise<string | undefined> {
  return new Promise((resolve) => {
    let answer: string | undefined;
    const dialog = showDialog(
      heading,
      (close) =>
        html`<form
          class="ask"
          @submit=${(event: SubmitEvent) => {
            event.preventDefault();
            const text = String(new FormData(event.target as HTMLFormElement).get('text')).trim();
            if (text) {
              answer = text;
              close();
            }
          }}
        >
          <label class="field">
            <span>${label}</span>
            <input name="text" .value=${value} autofocus autocomplete="off" />
          </label>
          <div class="buttons">
            <button class="primary">${confirm}</button>
          </div>
        </form>`,
    );
    dialog.addEventListener('closed', () => resolve(answer));
    requestAnimationFrame(() => dialog.querySelector('input')?.select());
  });
}
