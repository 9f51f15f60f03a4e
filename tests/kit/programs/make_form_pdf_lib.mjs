// Make and fill in a form with pdf-lib: its radios have numbers as states, its lists labels as values.
// Argument: target file.

import { writeFileSync } from "node:fs";
import { PDFDocument } from "pdf-lib";

const pdf = await PDFDocument.create();
const page = pdf.addPage([400, 400]);
const form = pdf.getForm();
let y = 380;
const place = () => ({ x: 20, y: (y -= 30), width: 150, height: 20 });

const text = form.createTextField("patient.nom");
text.addToPage(page, place());
text.setText("Élève, 72,5 kg");
const sex = form.createRadioGroup("sexe");
sex.addOptionToPage("homme", page, place());
sex.addOptionToPage("femme", page, place());
sex.select("femme");
const left = form.createRadioGroup("vide");
left.addOptionToPage("oui", page, place());
left.addOptionToPage("non", page, place());
const tick = form.createCheckBox("accord");
tick.addToPage(page, place());
tick.check();
form.createCheckBox("refus").addToPage(page, place());
const list = form.createDropdown("service");
list.addOptions(["Médecine", "Chirurgie"]);
list.addToPage(page, place());
list.select("Chirurgie");
const many = form.createOptionList("signes");
many.addOptions(["fièvre", "toux", "éruption"]);
many.enableMultiselect();
many.addToPage(page, place());
many.select(["fièvre", "éruption"]);
writeFileSync(process.argv[2], await pdf.save());
