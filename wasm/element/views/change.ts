/** Changing the lists in the page: weights, pins, people who drop out; then matching again. */
import { css, html, nothing, type TemplateResult } from "lit";
import type { Choose, Named } from "../parts/choose.js";
import { shared } from "../style.js";
import { define, View } from "../view.js";
import "./difference.js";

const TERMS = ["must", "quota", "coverage", "cost", "travel", "turns", "changes", "prefers", "quality"];

interface Found {
  periods: Named[];
  settings: Record<string, string>;
  pins: { row: number; pin: "fix" | "forbid"; count: number; names: string[] }[];
}

export class ChangeView extends View {
  #found?: Found;
  /** What is wrong with a form, said below it: the page is long on a phone. */
  #fault = { form: "", text: "" };
  #anew?: boolean;

  static styles = [
    shared,
    css`
      .grid { display: grid; grid-template-columns: repeat(auto-fill, minmax(11em, 1fr)); gap: 0.6em; align-items: end; }
      fieldset { border: 1px solid var(--line); border-radius: var(--radius); margin: 0 0 0.9em; padding: 0.6em 1em 0.9em; min-width: 0; }
      legend { font-weight: 600; padding: 0 0.4em; }
      label > input, label > select { width: 100%; }
      ul { margin: 0.4em 0; padding-left: 1.2em; }
      @container (max-width: 40em) { #weights { grid-template-columns: 1fr 1fr; } }
      .radio { display: inline-flex; flex-direction: row; gap: 0.35em; align-items: center; color: var(--ink); }
      .radio input { min-height: 0; width: auto; }
    `,
  ];

  turned(): void {
    this.#fault = { form: "", text: "" };
    this.#anew = undefined;
    if (this.desk.now) this.fetch<Found>("names", {}, (found) => (this.#found = found));
  }

  render(): TemplateResult {
    const { words, desk } = this;
    if (!desk.now) return html`<p class="empty">${words.needFirst}</p>`;
    const found = this.#found;
    if (!found) return html`<p class="empty">${words.reading}…</p>`;
    return html`
      ${this.#pending()}
      <sandan-difference .desk=${desk}></sandan-difference>
      ${desk.now.plan ? this.#dropOut(found) : nothing} ${this.#pins(found)} ${this.#weights(found)}
    `;
  }

  #pending(): TemplateResult {
    const { words, desk } = this;
    const { pending, plan } = desk.now!;
    // A planner who turns a weight wants to see what it does; one who pins or loses someone wants few changes.
    const anew = this.#anew ?? (pending.length > 0 && pending.every(({ weight }) => weight));
    const choose = (value: boolean) => () => ((this.#anew = value), this.requestUpdate());
    return html`<fieldset>
      <legend>${words.pending}</legend>
      ${pending.length > 0
        ? html`<ul id="pending">${pending.map(({ text }) => html`<li>${text}</li>`)}</ul>`
        : html`<p class="soft">${words.nothingPending}</p>`}
      <div class="bar">
        ${plan
          ? html`<span role="radiogroup" aria-label=${words.rematchWay} class="bar">
              <label class="radio"><input type="radio" name="way" id="few" .checked=${!anew} @change=${choose(false)} />${words.few}</label>
              <label class="radio"><input type="radio" name="way" id="anew" .checked=${anew} @change=${choose(true)} />${words.anew}</label>
            </span>`
          : nothing}
        <button class="main" id="rematch" ?disabled=${!!desk.busy} @click=${() => (plan && !anew ? desk.rematch() : desk.match())}>
          ${plan ? words.rematch : words.match}
        </button>
      </div>
    </fieldset>`;
  }

  #dropOut(found: Found): TemplateResult {
    const { words, desk } = this;
    return html`<fieldset>
      <legend>${words.dropOut}</legend>
      <form class="grid" id="drop" @submit=${this.#drops}>
        ${this.#names("who", words.staff, "resources", "staff")}
        <label>${words.members}<input name="members" type="number" min="1" value="1" /></label>
        <label>${words.from}<select name="from"><option value="">${words.fromTheStart}</option>${found.periods.map((row) => html`<option value=${row.id}>${row.name}</option>`)}</select></label>
        <button ?disabled=${!!desk.busy}>${words.add}</button>
      </form>
      ${this.#said("drop")}
    </fieldset>`;
  }

  #pins(found: Found): TemplateResult {
    const { words, desk } = this;
    return html`<fieldset>
      <legend>${words.pins}</legend>
      <p class="soft">${words.pinHint}</p>
      <form class="grid" id="pin" @submit=${this.#pinned}>
        <label>${words.pinMode}<select name="pin"><option value="fix">${words.fix}</option><option value="forbid">${words.forbid}</option></select></label>
        ${this.#names("need", words.need, "needs")} ${this.#names("project", words.project, "projects")}
        ${this.#names("place", words.place, "places")}
        <label>${words.period}<select name="period"><option value="">${words.all}</option>${found.periods.map((row) => html`<option value=${row.id}>${row.name}</option>`)}</select></label>
        ${this.#names("resource", words.resource, "resources")}
        <label>${words.count}<input name="count" type="number" min="1" value="1" /></label>
        <button ?disabled=${!!desk.busy}>${words.add}</button>
      </form>
      ${this.#said("pin")}
      ${found.pins.length > 0
        ? html`<ul>${found.pins.map((pin) => {
            const text = `${words[pin.pin]}${words.colon}${pin.names.join(" · ")}${pin.pin === "fix" ? ` ×${pin.count}` : ""}`;
            const remove = () => desk.edit([{ do: "remove", table: "pins", rows: [pin.row] }], words.did.unpin(pin.names.join(" · ")));
            return html`<li>${text} <button class="link" ?disabled=${!!desk.busy} aria-label="${words.remove} ${text}" @click=${remove}>${words.remove}</button></li>`;
          })}</ul>`
        : nothing}
    </fieldset>`;
  }

  #weights(found: Found): TemplateResult {
    const { words, desk } = this;
    return html`<fieldset>
      <legend>${words.weights}</legend>
      <p class="soft">${words.weightHint}</p>
      <form class="grid" id="weights" @submit=${this.#weighed}>
        ${TERMS.map((term) => html`<label>${words.terms[term]}<input name=${term} type="number" min="0" step="1" .value=${found.settings[`weight.${term}`] ?? ""} /></label>`)}
        <button ?disabled=${!!desk.busy}>${words.apply}</button>
        <button type="button" ?disabled=${!!desk.busy} @click=${this.#reset}>${words.reset}</button>
      </form>
    </fieldset>`;
  }

  #names(name: string, label: string, table: string, kind?: string): TemplateResult {
    const find = (text: string) => this.desk.view("names", { table, kind, text, most: 30 });
    return html`<sandan-choose data-name=${name} .label=${label} .hint=${this.words.choose} .find=${find}></sandan-choose>`;
  }

  #said(form: string): TemplateResult {
    return html`<div role="alert">${this.#fault.form === form ? html`<p class="bad">${this.#fault.text}</p>` : nothing}</div>`;
  }

  /** What was chosen in a field; says so where nobody is called that. */
  async #chosen(form: Element, name: string): Promise<Named | null | undefined> {
    const field = form.querySelector<Choose>(`[data-name=${name}]`)!;
    const chosen = await field.chosen();
    if (chosen === undefined) {
      this.#fault = { form: form.id, text: this.words.unknownName(field.text) };
      this.requestUpdate();
    }
    return chosen;
  }

  #drops = async (event: SubmitEvent) => {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    const data = new FormData(form);
    const who = await this.#chosen(form, "who");
    if (!who) return;
    const members = Math.max(1, Number(data.get("members")) || 1);
    const from = String(data.get("from") ?? "");
    const happened = { kind: "dropped_out", resource: who.id, members, ...(from ? { from } : {}) };
    form.querySelector<Choose>("[data-name=who]")!.clear();
    this.desk.happen(happened, this.words.did.drop(who.name, members));
  };

  #pinned = async (event: SubmitEvent) => {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    const data = new FormData(form);
    const mode = data.get("pin") === "forbid" ? "forbid" : "fix";
    const cells: Record<string, string> = { pin: mode };
    const said: string[] = [];
    for (const name of ["need", "project", "place", "resource"]) {
      const chosen = await this.#chosen(form, name);
      if (chosen === undefined) return;
      if (!chosen) continue;
      cells[name] = chosen.id;
      said.push(chosen.name);
    }
    const period = String(data.get("period") ?? "");
    if (period) said.push((cells.period = period));
    if (said.length === 0) return;
    const count = String(Math.max(1, Number(data.get("count")) || 1));
    if (mode === "fix") cells.count = count;
    const done = await this.desk.edit([{ do: "append", table: "pins", cells }], this.words.did.pin(this.words[mode], said.join(" · ")));
    if (done) for (const field of form.querySelectorAll<Choose>("sandan-choose")) field.clear();
  };

  #weighed = (event: SubmitEvent) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget as HTMLFormElement);
    const before = this.#found?.settings ?? {};
    const changed = TERMS.filter((term) => {
      const value = String(data.get(term) ?? "");
      return value !== "" && value !== before[`weight.${term}`];
    });
    if (changed.length === 0) return;
    const value = (term: string) => String(data.get(term));
    this.desk.edit(
      changed.map((term) => ({ do: "setting", key: `weight.${term}`, value: value(term) })),
      changed.map((term) => this.words.did.setting(this.words.terms[term], value(term))).join(this.words.and),
      true,
    );
  };

  #reset = () => {
    const edits = TERMS.map((term) => ({ do: "setting" as const, key: `weight.${term}`, value: "" }));
    this.desk.edit(edits, this.words.did.setting(this.words.weights, ""), true);
  };
}

define("sandan-change", ChangeView);
