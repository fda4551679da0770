/** A field in which a planner types a few letters and takes one of the names that hold them. */
import { css, html, LitElement, type TemplateResult } from "lit";
import { shared } from "../style.js";
import { define } from "../view.js";

export interface Named {
  id: string;
  name: string;
  count?: number;
}

export class Choose extends LitElement {
  static properties = { label: {}, hint: {}, find: { attribute: false }, names: { state: true } };
  declare label: string;
  declare hint: string;
  /** The names that hold a text. */
  declare find: (text: string) => Promise<Named[]>;
  declare names?: Named[];

  static styles = [shared, css`label { width: 100%; } input { width: 100%; }`];

  render(): TemplateResult {
    return html`<label>${this.label}
      <input list="names" placeholder=${this.hint} @focus=${this.#look} @input=${this.#look} autocomplete="off" />
      <datalist id="names">${(this.names ?? []).map((row) => html`<option value=${row.name}></option>`)}</datalist>
    </label>`;
  }

  /** What was chosen: nothing where the field is blank, `undefined` where no row is called so. */
  async chosen(): Promise<Named | null | undefined> {
    const text = this.#input.value.trim();
    if (!text) return null;
    const found = await this.find(text);
    return found.find((row) => row.name === text || row.id === text) ?? (found.length === 1 ? found[0] : undefined);
  }

  get text(): string {
    return this.#input.value.trim();
  }

  clear(): void {
    this.#input.value = "";
  }

  get #input(): HTMLInputElement {
    return this.renderRoot.querySelector("input")!;
  }

  #look = async () => {
    this.names = await this.find(this.#input.value.trim());
  };
}

define("sandan-choose", Choose);
