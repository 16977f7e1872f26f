// Builds the scripts into the server's resources; with --check only compares, and fails when one differs.
import { readFileSync, writeFileSync, existsSync, mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'
import { minify } from 'terser'

const SCRIPTS = [
  { source: 'src/main.ts', name: 'track.min.js', mostBytes: 4096 },
  { source: 'src/click.ts', name: 'click.min.js', mostBytes: 1536 },
]

for (const { source, name, mostBytes } of SCRIPTS) {
  const target = new URL(`../server/src/main/resources/kembali/capture/tracker/${name}`, import.meta.url)
  const bundled = await build({
    entryPoints: [fileURLToPath(new URL(source, import.meta.url))],
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
  console.log(`${name}: ${script.length} bytes, ${bytes} gzipped, ${mostBytes} at most`)
  if (bytes > mostBytes) {
    console.error(`${name} has become too big`)
    process.exit(1)
  }
  if (process.argv.includes('--check')) {
    if (!existsSync(target) || readFileSync(target, 'utf8') !== script) {
      console.error(`The committed ${name} is not what its sources make: run "npm run build" in tracker/ and commit it.`)
      process.exit(1)
    }
  } else {
    mkdirSync(dirname(fileURLToPath(target)), { recursive: true })
    writeFileSync(target, script)
  }
}
