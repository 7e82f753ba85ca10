import { html } from 'lit';
import type { LabNode, LinkEnd, Port } from '../api/types';
import type { Commands } from '../lab/commands';
import type { LabStore } from '../state/lab-store';
import { messages } from '../state/messages';
import { showDialog } from '../ui/dialog';

interface Choice {
  port: Port;
  /** Who is at the other end; undefined for a free port. */
  taken: string | undefined;
}

/** The ports of a node in their order, and what is at each. */
export function portsOf(lab: LabStore, node: LabNode): Choice[] {
  return node.ports.map((port) => {
    const link = lab.linkAt(node.node_id, port.adapter_number, port.port_number);
    const other = link?.nodes.find((end) => end.node_id !== node.node_id);
    return { port, taken: link && (lab.nodes.get(other?.node_id ?? '')?.name ?? 'a link') };
  });
}

const end = (node: LabNode, port: Port): LinkEnd => ({
  node_id: node.node_id,
  adapter_number: port.adapter_number,
  port_number: port.port_number,
  label: { text: port.short_name || port.name, style: LABEL_STYLE },
});

const LABEL_STYLE =
  'font-family: TypeWriter;font-size: 8.0;font-weight: bold;fill: #000000;fill-opacity: 1.0;';

/** Connects two nodes; asks for the ports unless there is but one that is free at each. */
export async function connectNodes(
  lab: LabStore,
  commands: Commands,
  from: string,
  to: string,
): Promise<void> {
  const nodes = [lab.nodes.get(from), lab.nodes.get(to)] as const;
  const [one, other] = nodes;
  if (!one || !other) {
    return;
  }
  const choices = [portsOf(lab, one), portsOf(lab, other)] as const;
  const free = choices.map((ports) => ports.filter((choice) => !choice.taken));
  const full = free.findIndex((ports) => ports.length === 0);
  if (full >= 0) {
    messages.add('warning', `${nodes[full]!.name} has no free port.`);
    return;
  }
  if (choices.every((ports) => ports.length === 1)) {
    await commands.connect([end(one, free[0]![0]!.port), end(other, free[1]![0]!.port)]);
    return;
  }
  await new Promise<void>((resolve) => {
    const column = (node: LabNode, ports: readonly Choice[], name: string) =>
      html`<label class="field grow">
        <span>Port of ${node.name}</span>
        <select name=${name} size=${Math.min(Math.max(ports.length, 2), 9)}>
          ${ports.map(
            ({ port, taken }, index) =>
              html`<option
                value=${index}
                ?disabled=${!!taken}
                ?selected=${index === ports.findIndex((choice) => !choice.taken)}
              >
                ${port.name}${taken ? ` → ${taken}` : ''}
              </option>`,
          )}
        </select>
      </label>`;
    const dialog = showDialog(
      `Connect ${one.name} and ${other.name}`,
      (close) =>
        html`<form
          @submit=${(event: SubmitEvent) => {
            event.preventDefault();
            const form = new FormData(event.target as HTMLFormElement);
            const a = choices[0][Number(form.get('from'))];
            const b = choices[1][Number(form.get('to'))];
            close();
            if (a && b) {
              void commands.connect([end(one, a.port), end(other, b.port)]);
            }
          }}
        >
          <div class="row" style="align-items:start">
            ${column(one, choices[0], 'from')} ${column(other, choices[1], 'to')}
          </div>
          <div class="buttons"><button class="primary" autofocus>Connect</button></div>
        </form>`,
    );
    dialog.addEventListener('closed', () => resolve());
  });
}
