/** Opening lists, and everything that is wrong with them at its sheet, row and column. */
import { css, html, nothing, type TemplateResult } from "lit";
import type { PlacedProblem } from "../../js/client.js";
import type { Column } from "../parts/rows.js";
import { shared } from "../style.js";
import { define, View } from "../view.js";
import { hand } from "./download.js";

export interface Example {
  title: { zh: string; en: string };
  /** Gives what to open. */
  load: () => Promise<any>;
}

export class ListsView extends View {
  static properties = { ...View.properties, examples: { attribute: false }, over: { state: true } };
  declare examples?: Example[];
  declare over: boolean;
  #problems?: PlacedProblem[];
  #source: any;

  static styles = [
    shared,
    css`
      .drop { border: 2px dashed var(--line); border-radius: var(--radius); padding: 1.4em 1em; text-align: center; background: var(--wash); }
      .drop.over { border-color: var(--accent); }
      .drop .bar { justify-content: center; }
      ul { list-style: none; padding: 0; margin: 0.5em 0; }
    `,
  ];

  render(): TemplateResult {
    const { words, desk } = this;
    return html`
      <div
        class="drop ${this.over ? "over" : ""}"
        @dragover=${(event: DragEvent) => (event.preventDefault(), (this.over = true))}
        @dragleave=${() => (this.over = false)}
        @drop=${this.#dropped}
      >
        <div class="bar">
          <span>${words.openHint}</span>
          <button class="main" ?disabled=${!!desk.busy} @click=${() => this.#input?.click()}>${words.open}</button>
        </div>
        <input class="hidden" type="file" multiple accept=".xlsx,.csv,.json" tabindex="-1" aria-label=${words.open} @change=${this.#chosen} />
        <p class="soft">${words.private} <button class="link" ?disabled=${!!desk.busy} @click=${this.#template}>${words.template}</button></p>
        ${this.examples?.length
          ? html`<div class="bar"><span class="soft">${words.examples}</span>${this.examples.map(
              (example) => html`<button ?disabled=${!!desk.busy} @click=${() => this.#example(example)}>${example.title[desk.lang]}</button>`,
            )}</div>`
          : nothing}
      </div>
      ${this.#verdict()}
    `;
  }

  #verdict(): TemplateResult | typeof nothing {
    const { words, desk } = this;
    const { problems, faulty, counts } = desk;
    if (!faulty && !desk.now) return nothing;
    const errors = problems.filter(({ code }) => code.startsWith("E")).length;
    if (this.#problems !== problems) {
      this.#problems = problems;
      this.#source = async ({ from, count }: { from: number; count: number }) => ({
        total: problems.length, from, rows: problems.slice(from, from + count),
      });
    }
    return html`
      ${!faulty && counts ? html`<p>${words.counted(counts)}</p>` : nothing}
      <p role="status" class=${faulty ? "bad" : problems.length > 0 ? "" : "good"}>
        ${faulty ? words.faulty(errors) : problems.length > 0 ? words.warned(problems.length) : words.sound}
        ${desk.more > 0 ? words.more(desk.more) : nothing}
      </p>
      ${problems.length > 0
        ? html`<sandan-rows id="faults" .label=${words.problem} .columns=${this.#columns()} .source=${this.#source}></sandan-rows>`
        : nothing}
    `;
  }

  #columns(): Column<PlacedProblem>[] {
    const { words } = this;
    return [
      { key: "kind", title: words.code, width: "6.5em", show: (row) => html`<span class="tag ${row.code.startsWith("E") ? "bad" : ""}">${row.code.startsWith("E") ? words.error : words.warning}</span> <span class="soft">${row.code}</span>` },
      { key: "table", title: words.table, width: "7em", show: (row) => row.sheet ?? "" },
      { key: "row", title: words.row, width: "4em", number: true, show: (row) => row.row ?? "" },
      { key: "column", title: words.column, width: "7em", show: (row) => row.header ?? "" },
      { key: "problem", title: words.problem, width: "minmax(12em, 2fr)", show: (row) => row.message },
      { key: "expected", title: words.expected, width: "minmax(9em, 1.3fr)", show: (row) => row.expected },
      { key: "hint", title: words.hint, width: "minmax(9em, 1.3fr)", show: (row) => row.hint },
    ];
  }

  get #input(): HTMLInputElement | null {
    return this.renderRoot.querySelector("input[type=file]");
  }

  #chosen = () => {
    const input = this.#input;
    const files = [...(input?.files ?? [])];
    if (input) input.value = "";
    if (files.length > 0) this.desk.open(files, files.map((file) => file.name).join(this.words.and));
  };

  #dropped = async (event: DragEvent) => {
    event.preventDefault();
    this.over = false;
    const files = await dropped(event.dataTransfer);
    if (files.length > 0) this.desk.open(files, files.map((file) => file.name).join(this.words.and));
  };

  #example = async (example: Example) => {
    await this.desk.open(await example.load(), example.title[this.desk.lang]);
  };

  #template = async () => {
    const blob = await this.desk.file("template.xlsx");
    if (blob) hand(blob, this.words.fileNames["template.xlsx"]);
  };
}

/** The files of a drop; of a folder, the CSV files in it. */
async function dropped(data: DataTransfer | null): Promise<File[]> {
  const entries = [...(data?.items ?? [])].map((item) => item.webkitGetAsEntry?.());
  const folder = entries.find((entry) => entry?.isDirectory) as FileSystemDirectoryEntry | undefined;
  if (!folder) return [...(data?.files ?? [])];
  const inside = await new Promise<FileSystemEntry[]>((resolve, reject) => folder.createReader().readEntries(resolve, reject));
  const files = inside.filter((entry) => entry.isFile && /\.(csv|json)$/i.test(entry.name)) as FileSystemFileEntry[];
  return Promise.all(files.map((entry) => new Promise<File>((resolve, reject) => entry.file(resolve, reject))));
}

define("sandan-lists", ListsView);
