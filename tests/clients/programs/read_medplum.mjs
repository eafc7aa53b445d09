// Reads with @medplum/core; prints what it saw as JSON. Arguments: address, token.
import { MedplumClient } from '@medplum/core';

const [base, token] = process.argv.slice(2);
const client = new MedplumClient({ baseUrl: base.replace(/fhir$/, ''), fhirUrlPath: 'fhir', accessToken: token, fetch });
const patients = [];
for await (const page of client.searchResourcePages('Patient', '_count=1')) {
  patients.push(...page.filter((one) => one.resourceType === 'Patient').map((one) => one.id));
}
const plan = await client.searchOne('CarePlan');
const of = await client.readReference(plan.subject);
console.log(JSON.stringify({ patients: patients.sort(), plan: plan.id, of: of.id }));
