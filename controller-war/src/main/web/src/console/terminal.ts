import { FitAddon } from '@xterm/addon-fit';
import { SearchAddon } from '@xterm/addon-search';
import { Terminal } from '@xterm/xterm';
import xtermCss from '@xterm/xterm/css/xterm.css?inline';
import { css, html, LitElement, unsafeCSS, type PropertyValues } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { api } from '../api/client';
import { preferences } from '../state/preferences';
import { copy } from '../ui/clipboard';
import { icon } from '../ui/icons';
import { controls } from '../ui/styles';
import { Line, type LineState } from './line';
import { Past } from './past';

const COLOURS = {
  background: '#10161c',
  foreground: '#dfe7ee',
  cursor: '#2dd4bf',
  selectionBackground: '#2d6a66',
};

/** A text console. Says `leave` when the user wants the focus out of it, as the node gets the tab key. */
@customElement('pb-terminal')
export class ConsoleTerminal extends LitElement {
  static override styles = [
    unsafeCSS(xtermCss),
    controls,
    css`
      :host {
        position: relative;
        display: block;
        min-width: 0;
        min-height: 0;
        background: #10161c;
      }
      .screen {
        position: absolute;
        inset: 6px 4px 2px 8px;
      }
      .state {
        position: absolute;
        right: 20px;
        top: 8px;
        padding: 2px 9px;
        border-radius: 6px;
        background: #3b2f17;
        color: #f5c36b;
        font-size: 12px;
      }
      .state button {
        min-height: 22px;
        margin-left: 6px;
        padding: 0 8px;
        font-size: 12px;
      }
      .find {
        position: absolute;
        right: 18px;
        top: 8px;
        z-index: 3;
        display: flex;
        align-items: center;
        gap: 2px;
        padding: 3px;
        border-radius: 8px;
        background: var(--panel);
      }
    `,
  ];

  @property() project = '';
  @property() node = '';
  @property() name = '';
  /** Status of the node, as far as it matters here. */
  @property({ type: Boolean }) running = true;
  @state() private line: LineState = 'connecting';
  @state() private finding = false;
  @state() private notFound = false;
  @query('.screen') private place!: HTMLElement;
  private terminal: Terminal | undefined;
  private readonly fit = new FitAddon();
  private readonly search = new SearchAddon();
  private socket: Line | undefined;
  private observer: ResizeObserver | undefined;
  private end: (() => void) | undefined;
  /** What was printed before and is still being written. */
  private remembering = 0;

  override firstUpdated(): void {
    const terminal = new Terminal({
      cursorBlink: true,
      fontFamily: 'ui-monospace, Menlo, "DejaVu Sans Mono", monospace',
      fontSize: preferences.kept.fontSize,
      scrollback: 10_000,
      theme: COLOURS,
      screenReaderMode: preferences.kept.reader,
    });
    this.terminal = terminal;
    terminal.loadAddon(this.fit);
    terminal.loadAddon(this.search);
    terminal.open(this.place);
    terminal.textarea?.setAttribute('aria-label', `Console of ${this.name}`);
    terminal.attachCustomKeyEventHandler((event) => this.key(event));
    terminal.onData((text) => {
      // What ran before may have asked the terminal something, which needs no answer any more.
      if (this.remembering === 0) {
        this.socket?.send(text);
      }
    });
    this.observer = new ResizeObserver(() => this.resize());
    this.observer.observe(this.place);
    this.end = preferences.changed.listen(() => {
      terminal.options.fontSize = preferences.kept.fontSize;
      terminal.options.screenReaderMode = preferences.kept.reader;
      this.resize();
    });
    void this.join();
    this.focusTerminal();
  }

  private async join(): Promise<void> {
    const path = `/projects/${this.project}/nodes/${this.node}/console/ws`;
    // A console that keeps nothing is joined all the same.
    const log = await api.consoleLog(this.project, this.node).catch(() => undefined);
    if (!this.isConnected) {
      return;
    }
    const past = new Past(log, (data, old) => this.write(data, old));
    this.socket = new Line(path, {
      told: (told, since) => past.told(told, since),
      received: (data) => past.received(data),
      changed: (state) => {
        this.line = state;
        if (state === 'closed') {
          past.showLog();
        }
      },
    });
  }

  private write(data: Uint8Array | string, old: boolean): void {
    this.remembering += old ? 1 : 0;
    this.terminal?.write(data, () => {
      this.remembering -= old ? 1 : 0;
    });
  }

  override updated(changed: PropertyValues<this>): void {
    if (changed.has('running') && this.running) {
      this.socket?.connect();
    }
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.socket?.close();
    this.observer?.disconnect();
    this.end?.();
    this.terminal?.dispose();
  }

  private resize(): void {
    if (this.place.clientWidth > 0 && this.place.clientHeight > 0) {
      this.fit.fit();
    }
  }

  /** Copy, paste and search by the keys of terminals, and one to leave it; everything else goes to the node. */
  private key(event: KeyboardEvent): boolean {
    const both = event.ctrlKey && event.shiftKey;
    if (event.type !== 'keydown' || !both) {
      return true;
    }
    if (event.code === 'KeyC' && this.terminal?.hasSelection()) {
      void copy(this.terminal.getSelection());
    } else if (event.code === 'KeyF') {
      this.find();
    } else if (event.code === 'ArrowUp') {
      this.dispatchEvent(new CustomEvent('leave'));
    } else {
      return true;
    }
    event.preventDefault();
    return false;
  }

  focusTerminal(): void {
    this.terminal?.focus();
  }

  find(): void {
    this.finding = true;
    void this.updateComplete.then(() => this.renderRoot.querySelector('input')?.focus());
  }

  /** Copies what is selected, or all of it if nothing is. */
  async copy(): Promise<void> {
    await copy(this.terminal?.getSelection() || this.text().trimEnd());
    this.focusTerminal();
  }

  /** Pastes as if the user had typed it; where the browser lets pages read its clipboard. */
  async paste(): Promise<void> {
    const text = await navigator.clipboard?.readText().catch(() => '');
    if (text) {
      this.terminal?.paste(text);
    }
    this.focusTerminal();
  }

  /** Types a line, as if the user had. */
  sendLine(text: string): void {
    this.socket?.send(`${text}\r`);
  }

  /** All that is on the screen and above it. */
  text(): string {
    const buffer = this.terminal?.buffer.active;
    const lines: string[] = [];
    for (let line = 0; buffer && line < buffer.length; line++) {
      lines.push(buffer.getLine(line)?.translateToString(true) ?? '');
    }
    return lines.join('\n');
  }

  private finder() {
    const find = (backwards: boolean) => {
      const words = this.renderRoot.querySelector<HTMLInputElement>('.find input')!.value;
      const found = backwards ? this.search.findPrevious(words) : this.search.findNext(words);
      this.notFound = words !== '' && !found;
    };
    const step = (event: KeyboardEvent) => {
      if (event.key === 'Enter') {
        find(event.shiftKey);
      } else if (event.key === 'Escape') {
        this.finding = false;
        this.focusTerminal();
      }
      event.stopPropagation();
    };
    return html`<div class="find">
      <input type="search" placeholder="Find" aria-label="Find in the console" @keydown=${step} />
      <span class="soft" role="status">${this.notFound ? 'Not there' : ''}</span>
      <button class="quiet icon" aria-label="Find the one before" title="The one before (Shift Enter)" @click=${() => find(true)}>
        ${icon('up', 16)}
      </button>
      <button class="quiet icon" aria-label="Find the next" title="The next (Enter)" @click=${() => find(false)}>
        ${icon('down', 16)}
      </button>
      <button
        class="quiet icon"
        aria-label="Close the search"
        @click=${() => {
          this.finding = false;
          this.focusTerminal();
        }}
      >
        ${icon('close', 16)}
      </button>
    </div>`;
  }

  override render() {
    const words = !this.running
      ? `${this.name} does not run`
      : { connecting: 'Connecting…', closed: 'Lost, trying again…', open: '' }[this.line];
    return html`<div class="screen"></div>
      ${this.finding
        ? this.finder()
        : words
          ? html`<div class="state" role="status">
              ${words}
              ${this.line === 'closed' && this.running
                ? html`<button @click=${() => this.socket?.connect()}>Try now</button>`
                : ''}
            </div>`
          : ''}`;
  }
}
