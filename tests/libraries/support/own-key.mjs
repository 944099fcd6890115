// A key of the service's own, new at each start: the provider finds its public half at /jwks.
import { generateKeyPairSync, randomUUID, webcrypto } from 'node:crypto'

const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const kid = randomUUID()
const ecdsa = { name: 'ECDSA', namedCurve: 'P-256' }

/** As both libraries take it. */
export const ownKey = { key: await webcrypto.subtle.importKey('jwk', privateKey.export({ format: 'jwk' }), ecdsa, false, ['sign']), kid }

export const jwks = { keys: [{ ...publicKey.export({ format: 'jwk' }), kid, use: 'sig', alg: 'ES256' }] }
