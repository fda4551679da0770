/** What is laid out only when it is unfolded: a table of hundreds of rows costs a page more than the drawing above it. */
import { html, nothing, type ReactiveControllerHost, type TemplateResult } from "lit";

export class Fold {
  #open = false;
  #host: ReactiveControllerHost;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
  }

  show(title: string, content: () => TemplateResult): TemplateResult {
    const turn = (event: Event) => {
      this.#open = (event.target as HTMLDetailsElement).open;
      this.#host.requestUpdate();
    };
    return html`<details ?open=${this.#open} @toggle=${turn}>
      <summary>${title}</summary>
      ${this.#open ? html`<div class="scroll" tabindex="0" role="region" aria-label=${title}>${content()}</div>` : nothing}
    </details>`;
  }
}
