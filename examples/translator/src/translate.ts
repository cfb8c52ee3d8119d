import { existsSync, readFileSync } from 'node:fs'
import { createTollkeeper } from '@tollkeeper/client'
import { type Arguments, readArguments } from './arguments.ts'
import { describeRefusal } from './describe-refusal.ts'
import { charactersOf, paragraphsOf } from './paragraphs.ts'
import { toPigLatin } from './pig-latin.ts'
import { readProgress, requestIdOf, writeProgress, writeWhole } from './progress.ts'

/** Ended because a paragraph was not allowed: there is more to do. */
const STOPPED = 3

try {
  process.exitCode = await translate(readArguments(process.argv.slice(2), process.env))
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}

/** Translates paragraph by paragraph, each one only when it is allowed. @returns the exit code */
async function translate({ url, apiKey, textFile, outputFile, progressFile }: Arguments): Promise<number> {
  const tollkeeper = createTollkeeper({ url, apiKey })
  const text = readFileSync(textFile, 'utf8')
  const paragraphs = paragraphsOf(text)
  const progress = readProgress(progressFile, text)
  // what was written for a paragraph that is not yet noted as done is made again, so it must not stay
  const written = existsSync(outputFile) ? paragraphsOf(readFileSync(outputFile, 'utf8')).slice(0, progress.done) : []
  writeProgress(progressFile, progress)
  console.log(`${textFile}: ${paragraphs.length} paragraphs, ${charactersOf(text).toLocaleString('en')} characters`)
  if (progress.done > 0) console.log(`Going on after paragraph ${progress.done}.`)

  for (const paragraph of paragraphs.slice(progress.done)) {
    const amount = charactersOf(paragraph)
    const place = `paragraph ${progress.done + 1} of ${paragraphs.length}`
    const decision = await tollkeeper.authorize({ feature: 'characters', amount, requestId: requestIdOf(progress) })
    if (!decision.allowed) {
      // a refusal stays a refusal under its id: the next start asks under a new one
      progress.attempt += 1
      writeProgress(progressFile, progress)
      console.log(`\nStopped at ${place}.\n${describeRefusal(decision, url)}`)
      return STOPPED
    }
    written.push(toPigLatin(paragraph))
    writeWhole(outputFile, `${written.join('\n\n')}\n`)
    progress.done += 1
    progress.attempt = 1
    writeProgress(progressFile, progress)
    console.log(`  ${place}: ${amount} characters, ${decision.remaining?.toLocaleString('en') ?? 'no limit on what is'} left`)
  }
  console.log(`\nDone. The translation is in ${outputFile}.`)
  return 0
}
