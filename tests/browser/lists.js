/** Lists for the tests of pages, made with the package in Node. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { caseWorkbook, loadSheets, read } from "../../wasm/js/node.js";
import { root } from "../node/case_files.js";

/** The files of a bundled example. @returns {Map<string, Uint8Array>} */
export function example(name) {
  const folder = join(root, "examples", name);
  const names = readdirSync(folder).filter((file) => file.endsWith(".csv"));
  return new Map(names.map((file) => [file, new Uint8Array(readFileSync(join(folder, file)))]));
}

/** A bundled example as a workbook. */
export function workbookOf(name) {
  return Buffer.from(caseWorkbook(read(example(name)).case));
}

/** The same workbook with a fault in three sheets, and where they are. */
export async function brokenWorkbook(name) {
  const tables = JSON.parse(read(example(name)).case.tables());
  const spoil = (name, table, column, at, value) => {
    const sheet = tables.sheets.find((sheet) => sheet.table === name);
    const [row, cells] = sheet.rows[at];
    cells[sheet.header.indexOf(column)] = value;
    return { table, row, column };
  };
  const faults = [
    spoil("needs", "需求清单", "数量", 1, "很多"),
    spoil("projects", "项目清单", "每场人数", 2, "-3"),
    spoil("resources", "资源清单", "地点", 3, "没有这个地方"),
  ];
  const sheets = await loadSheets();
  return { bytes: Buffer.from(sheets.caseWorkbook(JSON.stringify(tables), "zh")), faults };
}
