/** Files to hand out. */
import { html, type TemplateResult } from "lit";
import { define, View } from "../view.js";

export class DownloadView extends View {
  render(): TemplateResult {
    const { words, desk } = this;
    const files = desk.now?.plan ? ["plan.xlsx", "plan.json", "case.xlsx", "case.json"] : ["case.xlsx", "case.json"];
    return html`<div class="bar" role="group" aria-label=${words.downloads}>
      <span class="soft" aria-hidden="true">${words.download}</span>
      ${files.map((file) => html`<button data-file=${file} ?disabled=${!!desk.busy} @click=${() => this.#get(file)}>${words.files[file]}</button>`)}
    </div>`;
  }

  async #get(file: string): Promise<void> {
    const blob = await this.desk.file(file);
    if (blob) hand(blob, this.words.fileNames[file]);
  }
}

/** Lets the browser save a Blob under a name. */
export function hand(blob: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

define("sandan-download", DownloadView);
