import { expect, test } from 'vitest'
import { createProofQuestion } from '../src/step-up/index.ts'

test('whoever asks while the question is open gets the same answer, and the next one is asked anew', async () => {
  const question = createProofQuestion()
  const both = [question.ask(), question.ask()]
  expect(question.isOpen()).toBe(true)
  question.answer(true)
  expect(await Promise.all(both)).toEqual([true, true])
  expect(question.isOpen()).toBe(false)
  const later = question.ask()
  question.answer(false)
  expect(await later).toBe(false)
})
