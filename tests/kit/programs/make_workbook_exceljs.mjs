// Make and fill in a workbook with exceljs: names for cells, texts, numbers, rich text, a formula.
// Argument: target file.

import ExcelJS from "exceljs";

const book = new ExcelJS.Workbook();
const sheet = book.addWorksheet("Fiche 1");
const answers = {
  nom_patient: "Œdème d’été",
  poids: 72.5,
  ville: { richText: [{ text: "Nî" }, { font: { bold: true }, text: "mes" }] },
  somme: { formula: "1+1", result: 2 },
  vide: null,
};
Object.entries(answers).forEach(([name, value], index) => {
  const cell = sheet.getCell(`B${index + 2}`);
  sheet.getCell(`A${index + 2}`).value = name;
  cell.value = value;
  cell.name = name;
});
await book.xlsx.writeFile(process.argv[2]);
