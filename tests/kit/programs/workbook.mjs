// Open a workbook, write into its cells, save it again, with a library.
// Arguments: library, blank file, answers (JSON: [[sheet, cell, text], ...]), target file.

import { readFileSync, writeFileSync } from "node:fs";

const [library, blank, answersFile, target] = process.argv.slice(2);
const answers = JSON.parse(readFileSync(answersFile, "utf8"));

async function withExceljs() {
  const { default: ExcelJS } = await import("exceljs");
  const book = new ExcelJS.Workbook();
  await book.xlsx.readFile(blank);
  for (const [sheet, cell, text] of answers) {
    book.getWorksheet(sheet).getCell(cell).value = text;
  }
  await book.xlsx.writeFile(target);
}

async function withSheetjs() {
  const { default: XLSX } = await import("xlsx");
  const book = XLSX.read(readFileSync(blank), { cellStyles: true });
  for (const [sheet, cell, text] of answers) {
    book.Sheets[sheet][cell] = { t: "s", v: text };
  }
  writeFileSync(target, XLSX.write(book, { type: "buffer", bookType: "xlsx" }));
}

async function withXlsxPopulate() {
  const { default: XlsxPopulate } = await import("xlsx-populate");
  const book = await XlsxPopulate.fromFileAsync(blank);
  for (const [sheet, cell, text] of answers) {
    book.sheet(sheet).cell(cell).value(text);
  }
  await book.toFileAsync(target);
}

const writers = { exceljs: withExceljs, xlsx: withSheetjs, "xlsx-populate": withXlsxPopulate };
await writers[library]();
