import { html, LitElement } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { api } from '../api/client';
import { waitBefore } from '../api/feed';
import { ApiError } from '../api/http';
import { apiUrl } from '../api/urls';
import type { LabStore } from '../state/lab-store';
import { attempt, inWords, messages } from '../state/messages';
import { server } from '../state/server-store';
import { copy } from '../ui/clipboard';
import { icon } from '../ui/icons';
import { controls } from '../ui/styles';
import { decode } from './decode/ethernet';
import type { Decoded } from './decode/frame';
import { matcher } from './display-filter';
import { dump } from './hex-dump';
import { PcapReader, type Packet } from './pcap';
import { packetsStyles } from './packets-styles';

type Row = Packet & Decoded;

const KEPT = 20_000;
const HEIGHT = 22;
/** Protocols by colour; the numbers are hues. */
const HUES: Record<string, number> = {
  ARP: 45,
  ICMP: 150,
  ICMPv6: 165,
  TCP: 215,
  HTTP: 215,
  UDP: 265,
  DNS: 290,
  mDNS: 290,
  DHCP: 325,
  STP: 25,
  RSTP: 25,
  LLDP: 35,
  CDP: 35,
  OSPF: 5,
  BGP: 350,
};

/** The packets of a link as they pass. */
@customElement('pb-packets')
export class PacketsPanel extends LitElement {
  static override styles = [controls, packetsStyles];

  @property({ attribute: false }) lab!: LabStore;
  @property() link = '';
  @state() private shown: Row[] = [];
  @state() private chosen: Row | undefined;
  @state() private words = 'Waiting for the first packet…';
  @state() private follow = true;
  @state() private top = 0;
  @query('.list') private list!: HTMLElement;
  private all: Row[] = [];
  private filter = '';
  private wanted = matcher('');
  private abort = new AbortController();
  private timer: ReturnType<typeof setTimeout> | undefined;
  private attempts = 0;
  private waiting = false;
  private started = 0;

  override firstUpdated(): void {
    void this.read();
    new ResizeObserver(() => this.requestUpdate()).observe(this.list);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.timer);
    this.abort.abort();
  }

  private async read(): Promise<void> {
    const reader = new PcapReader();
    try {
      const response = await api.pcap(this.lab.id, this.link, this.abort.signal);
      const chunks = response.body!.getReader();
      for (;;) {
        const { done, value } = await chunks.read();
        if (done) {
          break;
        }
        this.attempts = 0;
        this.add(reader.take(value));
      }
      this.words = 'The capture has ended.';
    } catch (failure) {
      if (this.abort.signal.aborted) {
        return;
      }
      this.words =
        failure instanceof ApiError ? inWords(failure) : 'The stream of packets broke off.';
      if (this.lab.links.get(this.link)?.capturing) {
        // A server that comes back goes on with the capture, and sends all of it again.
        this.timer = setTimeout(() => this.readAnew(), waitBefore(this.attempts++, Math.random()));
      }
    }
    this.requestUpdate();
  }

  private readAnew(): void {
    this.abort.abort();
    this.abort = new AbortController();
    this.all = [];
    this.shown = [];
    this.chosen = undefined;
    this.started = 0;
    void this.read();
  }

  private add(packets: Packet[]): void {
    for (const packet of packets) {
      this.started ||= packet.time;
      const row = { ...packet, ...decode(packet.data) };
      this.all.push(row);
      if (this.wanted(row)) {
        this.shown.push(row);
      }
    }
    if (this.all.length > KEPT) {
      this.all = this.all.slice(-KEPT);
      this.shown = this.all.filter(this.wanted);
    }
    this.redraw();
  }

  /** Once a frame, however many packets come. */
  private redraw(): void {
    if (this.waiting) {
      return;
    }
    this.waiting = true;
    requestAnimationFrame(() => {
      this.waiting = false;
      this.requestUpdate();
      void this.updateComplete.then(() => {
        if (this.follow && this.list) {
          this.list.scrollTop = this.list.scrollHeight;
        }
      });
    });
  }

  private setFilter(event: Event): void {
    this.filter = (event.target as HTMLInputElement).value;
    this.wanted = matcher(this.filter);
    this.shown = this.all.filter(this.wanted);
    this.redraw();
  }

  private scrolled(): void {
    const { scrollTop, scrollHeight, clientHeight } = this.list;
    this.top = scrollTop;
    this.follow = scrollHeight - scrollTop - clientHeight < HEIGHT * 2;
  }

  private key(event: KeyboardEvent): void {
    const by = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10 }[event.key];
    if (by !== undefined) {
      event.preventDefault();
      const at = this.chosen ? this.shown.indexOf(this.chosen) : -1;
      const index = Math.max(0, Math.min(this.shown.length - 1, at + by));
      this.chosen = this.shown[index];
      const y = index * HEIGHT;
      if (y < this.list.scrollTop || y > this.list.scrollTop + this.list.clientHeight - 3 * HEIGHT) {
        this.list.scrollTop = y - this.list.clientHeight / 2;
      }
    }
  }

  private async stop(): Promise<void> {
    await attempt('The capture goes on', async () => {
      this.lab.links.put(await api.stopCapture(this.lab.id, this.link));
    });
  }

  private again(): void {
    void attempt('The capture did not start', async () => {
      this.lab.links.put(await api.startCapture(this.lab.id, this.link));
      this.readAnew();
    });
  }

  private get capture(): string {
    const name = this.lab.links.get(this.link)?.capture_file_name ?? '';
    return `/projects/${this.lab.id}/files/project-files/captures/${encodeURIComponent(name)}`;
  }

  private async copyCommand(): Promise<void> {
    const url = new URL(apiUrl(`/projects/${this.lab.id}/links/${this.link}/pcap`), location.href);
    const user = server.caller?.name ? `-u '${server.caller.name}' ` : '';
    const command = `curl -sN ${user}'${url.href}' | wireshark -k -i -`;
    await copy(command)
      .then(() => messages.add('info', `Copied: ${command}`))
      .catch(() => messages.add('info', command));
  }

  private line(row: Row, index: number) {
    const hue = HUES[row.protocol];
    return html`<div
      class="row-line ${hue === undefined ? 'plain' : ''}"
      role="option"
      aria-selected=${row === this.chosen}
      style="top: ${(index + 1) * HEIGHT}px; --hue: ${hue ?? 0}"
      @click=${() => {
        this.chosen = row;
      }}
    >
      <span>${row.number}</span><span>${(row.time - this.started).toFixed(6)}</span
      ><span>${row.source}</span><span>${row.destination}</span><span>${row.protocol}</span
      ><span>${row.length}</span><span>${row.summary}</span>
    </div>`;
  }

  private detail(row: Row) {
    return html`<div class="one" tabindex="0" role="region" aria-label="Packet ${row.number}">
      ${row.layers.map(
        (layer) =>
          html`<h2>${layer.name}</h2>
            <dl>
              ${layer.fields.map(
                (field) => html`<dt>${field.name}</dt><dd>${field.value}</dd>`,
              )}
            </dl>`,
      )}
      <pre>${dump(row.data)}</pre>
    </div>`;
  }

  override render() {
    const link = this.lab.links.get(this.link);
    const first = Math.max(0, Math.floor(this.top / HEIGHT) - 5);
    const visible = Math.ceil((this.list?.clientHeight ?? 300) / HEIGHT) + 10;
    return html`<div class="bar row">
        <input
          class="filter"
          type="search"
          placeholder="Filter, such as icmp or -arp 10.0.0.1"
          aria-label="Filter the packets"
          .value=${this.filter}
          @input=${this.setFilter}
        />
        <span class="soft grow">
          <span role="status">${this.all.length === 0 || !link?.capturing ? this.words : ''}</span>
          ${this.all.length === 0 ? '' : `${this.shown.length} of ${this.all.length} packets`}
        </span>
        <button class="quiet" @click=${this.copyCommand}>Command for Wireshark</button>
        <a class="button" href=${apiUrl(this.capture)} download=${link?.capture_file_name ?? 'capture.pcap'}
          >${icon('download', 16)} pcap</a
        >
        ${link?.capturing
          ? html`<button @click=${this.stop}>${icon('stop', 14)} Stop</button>`
          : html`<button class="primary" @click=${this.again}>${icon('play', 14)} Capture again</button>`}
      </div>
      <div class="views">
        <div
          class="list"
          role="listbox"
          aria-label="Packets"
          tabindex="0"
          @scroll=${this.scrolled}
          @keydown=${this.key}
        >
          <div class="row-line plain head" role="presentation">
            <span>No.</span><span>Time</span><span>Source</span><span>Destination</span
            ><span>Protocol</span><span>Length</span><span>What</span>
          </div>
          <div style="height: ${this.shown.length * HEIGHT}px" role="presentation"></div>
          ${this.shown.slice(first, first + visible).map((row, index) => this.line(row, first + index))}
        </div>
        ${this.chosen ? this.detail(this.chosen) : ''}
      </div>`;
  }
}
