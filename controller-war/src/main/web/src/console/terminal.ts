import { FitAddon } from '@xterm/addon-fit';
import { SearchAddon } from '@xterm/addon-search';
import { Terminal } from '@xterm/xterm';
import xtermCss from '@xterm/xterm/css/xterm.css?inline';
import { css, html, LitElement, unsafeCSS, type PropertyValues } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { preferences } from '../state/preferences';
import { icon } from '../ui/icons';
import { controls } from '../ui/styles';
import { Line, type LineState } from './line';

const COLOURS = {
  background: '#10161c',
  foreground: '#dfe7ee',
  cursor: '#2dd4bf',
  selectionBackground: '#2d6a66',
};

/** A text console. */
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
      .find {
        position: absolute;
        right: 18px;
        top: 8px;
        z-index: 3;
        display: flex;
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
  @query('.screen') private place!: HTMLElement;
  private terminal: Terminal | undefined;
  private readonly fit = new FitAddon();
  private readonly search = new SearchAddon();
  private socket: Line | undefined;
  private observer: ResizeObserver | undefined;
  private end: (() => void) | undefined;

  override firstUpdated(): void {
    const terminal = new Terminal({
      cursorBlink: true,
      fontFamily: 'ui-monospace, Menlo, "DejaVu Sans Mono", monospace',
      fontSize: preferences.kept.fontSize,
      scrollback: 10_000,
      theme: COLOURS,
      screenReaderMode: false,
    });
    this.terminal = terminal;
    terminal.loadAddon(this.fit);
    terminal.loadAddon(this.search);
    terminal.open(this.place);
    terminal.textarea?.setAttribute('aria-label', `Console of ${this.name}`);
    terminal.attachCustomKeyEventHandler((event) => this.key(event));
    terminal.onData((text) => this.socket?.send(text));
    this.observer = new ResizeObserver(() => this.resize());
    this.observer.observe(this.place);
    this.end = preferences.changed.listen(() => {
      terminal.options.fontSize = preferences.kept.fontSize;
      this.resize();
    });
    this.socket = new Line(`/projects/${this.project}/nodes/${this.node}/console/ws`, {
      received: (data) => terminal.write(data),
      changed: (state) => {
        this.line = state;
      },
    });
    this.focusTerminal();
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

  /** Copy, paste and search by the keys of terminals; everything else goes to the node. */
  private key(event: KeyboardEvent): boolean {
    const both = event.ctrlKey && event.shiftKey;
    if (event.type !== 'keydown' || !both) {
      return true;
    }
    if (event.code === 'KeyC' && this.terminal?.hasSelection()) {
      void navigator.clipboard?.writeText(this.terminal.getSelection());
    } else if (event.code === 'KeyF') {
      this.find();
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
    const step = (event: KeyboardEvent) => {
      const input = event.target as HTMLInputElement;
      if (event.key === 'Enter') {
        if (event.shiftKey) {
          this.search.findPrevious(input.value);
        } else {
          this.search.findNext(input.value);
        }
      } else if (event.key === 'Escape') {
        this.finding = false;
        this.focusTerminal();
      }
      event.stopPropagation();
    };
    return html`<div class="find">
      <input type="search" placeholder="Find" aria-label="Find in the console" @keydown=${step} />
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
          ? html`<div class="state" role="status">${words}</div>`
          : ''}`;
  }
}
