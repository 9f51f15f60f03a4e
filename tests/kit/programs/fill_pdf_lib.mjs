// Fill a PDF form with pdf-lib, as web portals do. It stores the label of a list entry.
// Arguments: blank file, answers (JSON file; a label for a list), target file.

import { readFileSync, writeFileSync } from "node:fs";
import { PDFCheckBox, PDFDocument, PDFDropdown, PDFRadioGroup } from "pdf-lib";

const [blank, answersFile, target] = process.argv.slice(2);
const answers = JSON.parse(readFileSync(answersFile, "utf8"));
const pdf = await PDFDocument.load(readFileSync(blank));

for (const field of pdf.getForm().getFields()) {
  const text = answers[field.getName()];
  if (!text) {
    continue;
  }
  if (field instanceof PDFCheckBox) {
    field.check();
  } else if (field instanceof PDFDropdown || field instanceof PDFRadioGroup) {
    field.select(text);
  } else {
    field.setText(text);
  }
}
writeFileSync(target, await pdf.save({ updateFieldAppearances: false }));
