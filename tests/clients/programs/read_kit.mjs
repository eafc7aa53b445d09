// Reads with fhir-kit-client, page by page; prints what it saw as JSON. Arguments: address, token.
import Client from 'fhir-kit-client';

const [baseUrl, token] = process.argv.slice(2);
const client = new Client({ baseUrl, bearerToken: token });
const patients = [];
let page = await client.search({ resourceType: 'Patient', searchParams: { _count: 1 } });
while (page) {
  patients.push(...(page.entry ?? []).filter((one) => one.search.mode === 'match').map((one) => one.resource.id));
  page = await client.nextPage({ bundle: page });
}
const found = await client.search({ resourceType: 'CarePlan' });
const plan = found.entry.find((one) => one.search.mode === 'match').resource;
const of = await client.resolve({ reference: plan.subject.reference });
const statement = await client.capabilityStatement();
const absent = await client
  .read({ resourceType: 'Patient', id: '00000000-0000-4000-8000-000000000000' })
  .catch((problem) => problem.response.data.issue[0].code);
console.log(JSON.stringify({ patients: patients.sort(), plan: plan.id, of: of.id, version: statement.fhirVersion, absent }));
