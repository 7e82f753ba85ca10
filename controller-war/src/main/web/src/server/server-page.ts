import { css, html, LitElement } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { api } from '../api/client';
import type { ServerHealth } from '../api/types';
import { serverUrl } from '../api/urls';
import { inWords } from '../state/messages';
import { server } from '../state/server-store';
import { short, size } from '../ui/numbers';
import { sparkline } from '../ui/sparkline';
import { controls } from '../ui/styles';
import { tables } from '../ui/tables';
import { parseMetrics, slowest, sum, type Sample } from './metrics';
import './users-table';

const EVERY = 3_000;
const KEPT = 60;

/** How the server is, and who uses it; for administrators and auditors. */
@customElement('pb-server-page')
export class ServerPage extends LitElement {
  static override styles = [
    controls,
    tables,
    css`
      :host {
        overflow: auto;
        padding: 24px clamp(16px, 4vw, 48px) 60px;
      }
      section {
        margin-top: 28px;
      }
      h2 {
        margin-bottom: 10px;
      }
      .tiles {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(190px, 1fr));
        gap: 14px;
        margin: 0;
      }
      .tiles > div {
        padding: 12px 14px;
        border: 1px solid var(--line);
        border-radius: 10px;
        background: var(--panel);
      }
      dt {
        color: var(--ink-soft);
        font-size: 13px;
      }
      dd {
        margin: 2px 0 0;
        font-size: 20px;
      }
      .check::before {
        content: '';
        display: inline-block;
        width: 9px;
        height: 9px;
        margin-right: 7px;
        border-radius: 50%;
        background: var(--running);
      }
      .check.down::before {
        background: var(--stopped);
      }
      .problem {
        color: var(--warning);
      }
    `,
  ];

  @state() private health: ServerHealth | undefined;
  @state() private samples: Sample[] = [];
  @state() private problem = '';
  private readonly frames: { time: number; count: number }[] = [];
  private timer: ReturnType<typeof setTimeout> | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    void this.load();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.timer);
  }

  private async load(): Promise<void> {
    if (document.visibilityState === 'visible') {
      try {
        const [health, metrics] = await Promise.all([api.health(), api.metrics()]);
        this.health = health;
        this.samples = parseMetrics(metrics);
        this.problem = '';
        const count = sum(this.samples, 'patchbay_frames', { what: 'sent' });
        if (count !== undefined) {
          this.frames.push({ time: performance.now(), count });
          this.frames.splice(0, this.frames.length - KEPT);
        }
      } catch (failure) {
        this.problem = inWords(failure);
      }
    }
    if (this.isConnected) {
      this.timer = setTimeout(() => void this.load(), EVERY);
    }
  }

  /** Frames a second between one asking and the next. */
  private rates(): number[] {
    return this.frames.slice(1).map((now, index) => {
      const before = this.frames[index]!;
      return Math.max(0, (now.count - before.count) / ((now.time - before.time) / 1000));
    });
  }

  private tile(name: string, value: string | undefined, more: unknown = '') {
    return value === undefined ? '' : html`<div><dt>${name}</dt><dd>${value} ${more}</dd></div>`;
  }

  private figures() {
    const value = (name: string, labels: Record<string, string> = {}) => sum(this.samples, name, labels);
    const plain = (found: number | undefined) => (found === undefined ? undefined : short(found));
    const heap = value('base_memory_usedHeap_bytes') ?? value('memory_usedHeap_bytes');
    const rates = this.rates();
    return html`<dl class="tiles">
      ${this.tile('Open projects', plain(value('patchbay_projects_open')))}
      ${this.tile('Running devices', plain(value('patchbay_nodes', { state: 'started' })))}
      ${this.tile('Links', plain(value('patchbay_links')))}
      ${this.tile('Clients that watch', plain(value('patchbay_notification_clients')))}
      ${this.tile('Frames a second', plain(rates.at(-1)), sparkline(rates, 160, 30))}
      ${this.tile('Free console ports', plain(value('patchbay_ports_left', { range: 'console' })))}
      ${this.tile('Free link ports', plain(value('patchbay_ports_left', { range: 'udp' })))}
      ${this.tile('Memory of the server', heap === undefined ? undefined : size(heap))}
      ${this.tile('Load of this machine', server.load.cpu === null ? undefined : `${Math.round(server.load.cpu)}%`)}
    </dl>`;
  }

  private routes() {
    const timings = slowest(this.samples, 12);
    const ms = (seconds: number) => `${(seconds * 1000).toFixed(seconds < 0.1 ? 1 : 0)} ms`;
    return timings.length === 0
      ? ''
      : html`<section>
          <h2>Requests that took longest, all together</h2>
          <div class="wide" tabindex="0" role="region" aria-label="Requests">
            <table>
              <thead>
                <tr><th>Request</th><th>How many</th><th>Mean</th><th>Longest</th></tr>
              </thead>
              <tbody>
                ${timings.map(
                  (one) =>
                    html`<tr>
                      <th scope="row">${one.route}</th>
                      <td>${short(one.requests)}</td>
                      <td>${ms(one.mean)}</td>
                      <td>${ms(one.most)}</td>
                    </tr>`,
                )}
              </tbody>
            </table>
          </div>
        </section>`;
  }

  private checks(health: ServerHealth) {
    return html`<p class="check ${health.status === 'UP' ? '' : 'down'}">
        ${health.status === 'UP' ? 'The server is well.' : 'The server is not well.'} Version
        ${server.version}
      </p>
      ${health.checks.map(
        (check) =>
          html`<p class="check soft ${check.status === 'UP' ? '' : 'down'}">
            ${check.name}: ${check.status === 'UP' ? 'well' : 'not well'}
            ${Object.entries(check.data ?? {}).map(([name, value]) => ` · ${name} ${String(value)}`)}
          </p>`,
      )}`;
  }

  override render() {
    return html`<h1>Server</h1>
      ${this.problem ? html`<p class="problem" role="status">${this.problem}</p>` : ''}
      <section>
        <h2>Health</h2>
        ${this.health ? this.checks(this.health) : html`<p class="soft">Loading…</p>`}
      </section>
      <section>
        <h2>Figures</h2>
        ${this.figures()}
        <p class="soft">
          <a href=${serverUrl('/metrics')}>All figures</a>, as programs read them, and
          <a href=${serverUrl('/openapi')}>the description of the API</a>.
        </p>
      </section>
      <section>
        <h2>Users</h2>
        <pb-users></pb-users>
      </section>
      ${this.routes()}`;
  }
}
