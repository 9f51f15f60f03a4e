// Validate records against a form schema with ajv, as another program would.
// Arguments: schema file, records file (JSON array). Prints the failing places of each record.

import { readFileSync } from "node:fs";
import Ajv2020 from "ajv/dist/2020.js";
import addFormats from "ajv-formats";

const [schemaFile, recordsFile] = process.argv.slice(2);
const read = (file) => JSON.parse(readFileSync(file, "utf8"));

const ajv = new Ajv2020({ strict: false, allErrors: true, logger: false });
addFormats(ajv, ["date"]);
const validate = ajv.compile(read(schemaFile));
const places = read(recordsFile).map((record) =>
  validate(record) ? [] : [...new Set(validate.errors.map((error) => error.instancePath))].sort(),
);
console.log(JSON.stringify(places));
