import { html, LitElement } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Selection } from '../canvas/selection';
import type { Commands } from '../lab/commands';
import { Follows } from '../state/emitter';
import type { Right } from '../api/types';
import type { LabStore } from '../state/lab-store';
import type { TrafficWatch } from '../state/traffic';
import { controls } from '../ui/styles';
import './drawing-details';
import './link-details';
import './node-details';
import './project-details';

/** The settings of what is selected; of the project when nothing is. */
@customElement('pb-details')
export class DetailsPanel extends LitElement {
  static override styles = [controls];

  @property({ attribute: false }) lab!: LabStore;
  @property({ attribute: false }) selection!: Selection;
  @property({ attribute: false }) commands!: Commands;

  @property({ attribute: false }) traffic!: TrafficWatch;
  @property({ attribute: false }) may: (right: Right) => boolean = () => true;
  /** Whether the user may change what is shown. */
  @property({ type: Boolean }) editable = true;

  constructor() {
    super();
    new Follows(this, () => [this.lab.changed, this.selection.changed]);
  }

  override render() {
    const refs = this.selection.all();
    const [ref] = refs;
    if (refs.length > 1) {
      return html`<p class="soft">${refs.length} things are selected.</p>`;
    }
    if (ref?.kind === 'node' && this.lab.nodes.get(ref.id)) {
      return html`<pb-node-details
        .node=${this.lab.nodes.get(ref.id)!}
        .lab=${this.lab}
        .commands=${this.commands}
        .editable=${this.editable}
      ></pb-node-details>`;
    }
    if (ref?.kind === 'link' && this.lab.links.get(ref.id)) {
      return html`<pb-link-details
        .link=${this.lab.links.get(ref.id)!}
        .lab=${this.lab}
        .commands=${this.commands}
        .traffic=${this.traffic}
        .may=${this.may}
        .editable=${this.editable}
      ></pb-link-details>`;
    }
    if (ref?.kind === 'drawing' && this.lab.drawings.get(ref.id)) {
      return html`<pb-drawing-details
        .drawing=${this.lab.drawings.get(ref.id)!}
        .commands=${this.commands}
        .editable=${this.editable}
      ></pb-drawing-details>`;
    }
    return html`<pb-project-details .lab=${this.lab} .editable=${this.editable}></pb-project-details>`;
  }
}
