import { html, type TemplateResult } from 'lit';
import { kindOf, wordsFor, type FieldRule } from './schemas';

export interface SwitchPort {
  name: string;
  port_number: number;
  type?: string;
  vlan?: number;
  ethertype?: string;
}

/** One field of a form, by what its rule says. Says what was put in to `changed`. */
export function field(
  name: string,
  rule: FieldRule | undefined,
  value: unknown,
  changed: (value: unknown) => void,
  images: string[] = [],
): TemplateResult | '' {
  const label = wordsFor(name);
  const text = value === null || value === undefined ? '' : String(value);
  const input = (event: Event) => (event.target as HTMLInputElement).value;
  switch (kindOf(name, rule, value)) {
    case 'none':
      return '';
    case 'ports':
      return ports((value as SwitchPort[] | undefined) ?? [], changed);
    case 'flag':
      return html`<label class="row" style="margin-bottom: 12px">
        <input
          type="checkbox"
          .checked=${value === true}
          @change=${(event: Event) => changed((event.target as HTMLInputElement).checked)}
        />
        <span>${label}</span>
      </label>`;
    case 'number':
      return html`<label class="field">
        <span>${label}</span>
        <input
          type="number"
          min=${rule?.minimum ?? ''}
          max=${rule?.maximum ?? ''}
          .value=${text}
          @change=${(event: Event) => input(event) !== '' && changed(Math.round(Number(input(event))))}
        />
      </label>`;
    case 'choice':
      return html`<label class="field">
        <span>${label}</span>
        <select @change=${(event: Event) => changed(input(event))}>
          ${options(rule?.enum?.map(String) ?? [], text)}
        </select>
      </label>`;
    case 'image':
      return html`<label class="field">
        <span>${label}</span>
        <select @change=${(event: Event) => changed(input(event))}>
          ${options(['', ...images], text)}
        </select>
      </label>`;
    case 'lines':
      return html`<label class="field">
        <span>${label}</span>
        <textarea rows="3" .value=${text} @change=${(event: Event) => changed(input(event))}></textarea>
      </label>`;
    case 'text':
      return html`<label class="field">
        <span>${label}</span>
        <input .value=${text} autocomplete="off" @change=${(event: Event) => changed(input(event))} />
      </label>`;
  }
}

function options(values: string[], selected: string) {
  const all = values.includes(selected) ? values : [selected, ...values];
  return all.map(
    (value) =>
      html`<option value=${value} ?selected=${value === selected}>${value || 'none'}</option>`,
  );
}

/** The ports of a switch: how many, and what VLAN each is in. */
function ports(all: SwitchPort[], changed: (ports: SwitchPort[]) => void) {
  const set = (index: number, change: Partial<SwitchPort>) =>
    changed(all.map((port, at) => (at === index ? { ...port, ...change } : port)));
  const resize = (count: number) => {
    const numbers = all.map((port) => port.port_number);
    const more = Array.from({ length: Math.max(0, count - all.length) }, (_, index) => {
      const number = Math.max(-1, ...numbers) + 1 + index;
      const isSwitch = all.length === 0 || all[0]!.type !== undefined;
      return {
        name: `Ethernet${number}`,
        port_number: number,
        ...(isSwitch ? { type: 'access', vlan: 1, ethertype: '' } : {}),
      };
    });
    changed([...all.slice(0, count), ...more]);
  };
  return html`<fieldset style="border: 0; padding: 0; margin: 0 0 12px">
    <label class="field">
      <span>Ports</span>
      <input
        type="number"
        min="1"
        max="256"
        .value=${String(all.length)}
        @change=${(event: Event) => resize(Number((event.target as HTMLInputElement).value) || 1)}
      />
    </label>
    ${all.map(
      (port, index) =>
        html`<div class="row" style="margin-bottom: 4px">
          <span class="grow cut">${port.name}</span>
          ${port.type === undefined
            ? ''
            : html`<select
                  aria-label="Type of ${port.name}"
                  @change=${(event: Event) => set(index, { type: (event.target as HTMLSelectElement).value })}
                >
                  ${options(['access', 'dot1q', 'qinq'], port.type)}
                </select>
                <input
                  type="number"
                  min="1"
                  max="4094"
                  style="width: 76px"
                  aria-label="VLAN of ${port.name}"
                  .value=${String(port.vlan ?? 1)}
                  @change=${(event: Event) =>
                    set(index, { vlan: Number((event.target as HTMLInputElement).value) || 1 })}
                />`}
        </div>`,
    )}
  </fieldset>`;
}
