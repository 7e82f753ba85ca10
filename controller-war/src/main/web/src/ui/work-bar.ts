import { css, html, LitElement } from 'lit';
import { customElement } from 'lit/decorators.js';
import { Follows } from '../state/emitter';
import { works } from '../state/works';
import { controls } from './styles';

/** What is being done and takes longer than a second: the newest of it, and how far it is. */
@customElement('pb-work-bar')
export class WorkBar extends LitElement {
  static override styles = [
    controls,
    css`
      :host {
        display: block;
        flex: 1;
        min-width: 0;
        max-width: 340px;
        margin: 0 auto;
        font-size: 13px;
      }
      progress {
        display: block;
        height: 4px;
        margin-top: 2px;
      }
    `,
  ];

  constructor() {
    super();
    new Follows(this, () => [works.changed]);
  }

  override render() {
    const work = works.shown.at(-1);
    const more = works.shown.length - 1;
    const words = work ? `${work.what}${more > 0 ? ` and ${more} more` : ''}` : '';
    return html`<div role="status" class="cut">${words}</div>
      ${work
        ? work.part === undefined
          ? html`<progress aria-label=${work.what}></progress>`
          : html`<progress max="1" .value=${work.part} aria-label=${work.what}></progress>`
        : ''}`;
  }
}
