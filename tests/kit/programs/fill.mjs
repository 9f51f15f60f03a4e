// Fill a PDF form with pdf.js as Firefox does: annotation storage, then saveDocument.
// Arguments: blank file, answers (JSON file, text by field name), target file.

import { readFileSync, writeFileSync } from "node:fs";
import { getDocument } from "pdfjs-dist/legacy/build/pdf.mjs";

const [blank, answersFile, target] = process.argv.slice(2);
const answers = JSON.parse(readFileSync(answersFile, "utf8"));

function stored(annotation, text) {
  if (annotation.radioButton) {
    return { value: annotation.buttonValue === text };
  }
  if (annotation.checkBox) {
    return { value: text !== "" };
  }
  return { value: text };
}

const file = getDocument({ data: new Uint8Array(readFileSync(blank)), verbosity: 0 });
const pdf = await file.promise;
for (let number = 1; number <= pdf.numPages; number += 1) {
  const page = await pdf.getPage(number);
  for (const annotation of await page.getAnnotations()) {
    const text = answers[annotation.fieldName];
    if (text !== undefined) {
      pdf.annotationStorage.setValue(annotation.id, stored(annotation, text));
    }
  }
}
writeFileSync(target, await pdf.saveDocument());
await file.destroy();
