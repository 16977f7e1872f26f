// Builds track.min.js into the server's resources; with --check only compares, and fails when it differs.
import { readFileSync, writeFileSync, existsSync, mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'
import { minify } from 'terser'

const MOST_BYTES = 4096
const target = new URL('../server/src/main/resources/kembali/capture/tracker/track.min.js', import.meta.url)

const bundled = await build({
  entryPoints: [fileURLToPath(new URL('src/main.ts', import.meta.url))],
  bundle: true,
  write: false,
  format: 'esm',
  target: 'es2018',
  charset: 'ascii',
})
const { code } = await minify(`(()=>{"use strict";try{${bundled.outputFiles[0].text}}catch(e){}})()`, {
  ecma: 2018,
  compress: { passes: 3, unsafe_arrows: true, pure_getters: true },
  format: { ascii_only: true },
})
const script = code + '\n'
const bytes = gzipSync(script, { level: 9 }).length
console.log(`track.min.js: ${script.length} bytes, ${bytes} gzipped, ${MOST_BYTES} at most`)
if (bytes > MOST_BYTES) {
  console.error('track.min.js has become too big')
  process.exit(1)
}
if (process.argv.includes('--check')) {
  if (!existsSync(target) || readFileSync(target, 'utf8') !== script) {
    console.error('The committed track.min.js is not what its sources make: run "npm run build" in tracker/ and commit it.')
    process.exit(1)
  }
} else {
  mkdirSync(dirname(fileURLToPath(target)), { recursive: true })
  writeFileSync(target, script)
}
