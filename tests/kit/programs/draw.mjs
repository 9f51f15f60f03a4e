// Draw the pages of a PDF form with pdf.js, as Firefox prints them.
// Arguments: file, target folder, scale. Writes 1.png, 2.png...

import { readFileSync, writeFileSync } from "node:fs";
import { createCanvas } from "@napi-rs/canvas";
import { AnnotationMode, getDocument } from "pdfjs-dist/legacy/build/pdf.mjs";

const [source, folder, scale] = process.argv.slice(2);
const file = getDocument({ data: new Uint8Array(readFileSync(source)), verbosity: 0 });
const pdf = await file.promise;
for (let number = 1; number <= pdf.numPages; number += 1) {
  const page = await pdf.getPage(number);
  const viewport = page.getViewport({ scale: Number(scale) });
  const canvas = createCanvas(Math.round(viewport.width), Math.round(viewport.height));
  const canvasContext = canvas.getContext("2d");
  const annotationMode = AnnotationMode.ENABLE;
  await page.render({ canvasContext, viewport, annotationMode, intent: "print" }).promise;
  writeFileSync(`${folder}/${number}.png`, canvas.toBuffer("image/png"));
}
await file.destroy();
