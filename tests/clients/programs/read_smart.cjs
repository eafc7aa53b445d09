// Reads with SMART's JavaScript client; prints what it saw as JSON. Arguments: address, token.
const smart = require('fhirclient');

const [serverUrl, token] = process.argv.slice(2);
const request = { headers: { host: 'localhost' }, url: '/', socket: {} };

(async () => {
  const client = smart(request, {}).client({ serverUrl, tokenResponse: { access_token: token, token_type: 'bearer' } });
  const patients = await client.request('Patient?_count=1', { pageLimit: 0, flat: true });
  const plans = await client.request('CarePlan', { flat: true, resolveReferences: ['subject'] });
  const plan = plans.find((one) => one.resourceType === 'CarePlan');
  console.log(JSON.stringify({ patients: patients.filter((one) => one.resourceType === 'Patient').map((one) => one.id).sort(), plan: plan.id, of: plan.subject.id }));
})();
