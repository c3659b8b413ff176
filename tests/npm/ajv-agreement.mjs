// Usage: node ajv-agreement.mjs <schema.json> <cases.ndjson>
// A case is {"definition": name, "json": text}. Answers one JSON string or null per line: how the peer would word what AJV found.
import { readFileSync } from "node:fs";
import ajvModule from "ajv";

const Ajv = ajvModule.default ?? ajvModule;
const [schemaPath, casesPath] = process.argv.slice(2);
const ajv = new Ajv({ allErrors: true, strict: true });
ajv.addVocabulary(["x-methods", "x-events"]);
ajv.addSchema(JSON.parse(readFileSync(schemaPath, "utf8")), "protocol");

const validators = new Map();

function validatorOf(definition) {
  let validator = validators.get(definition);
  if (!validator) {
    validator = ajv.compile({ $ref: `protocol#/definitions/${definition}` });
    validators.set(definition, validator);
  }
  return validator;
}

function word({ keyword, instancePath, message, params }) {
  const name = keyword === "additionalProperties" ? params.additionalProperty : "";
  if (name.trim()) return `at ${instancePath || "root"}: unexpected property '${name}'`;
  return instancePath ? `at ${instancePath}: ${message}` : message;
}

const answers = readFileSync(casesPath, "utf8")
  .split("\n")
  .filter(Boolean)
  .map((line) => {
    const { definition, json } = JSON.parse(line);
    const validate = validatorOf(definition);
    return JSON.stringify(validate(JSON.parse(json)) ? null : [...new Set(validate.errors.map(word))].join("; "));
  });
process.stdout.write(answers.join("\n") + "\n");
