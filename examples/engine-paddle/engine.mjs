// SPDX-License-Identifier: LGPL-2.1-or-later
//
// PaddleOCR's models behind the server: reads the path of a picture a line on
// stdin, writes the answer as the API has it, a line each, on stdout. The models
// come with the package; they read English and Chinese.
import readline from 'node:readline'

// What a library says is for a person, not part of an answer.
const answer = process.stdout.write.bind(process.stdout)
process.stdout.write = process.stderr.write.bind(process.stderr)

const { default: Ocr } = await import('@gutenye/ocr-node')
const ocr = await Ocr.create()

// The API tells words: a line is parted at its blanks, and its box by its letters.
function words({ text, box }) {
  const [[x0, y0], [x1, y1], [x2, y2], [x3, y3]] = box
  const at = (share) => [
    [x0 + (x1 - x0) * share, y0 + (y1 - y0) * share],
    [x3 + (x2 - x3) * share, y3 + (y2 - y3) * share],
  ]
  return [...text.matchAll(/\S+/g)].map((word) => {
    const [topLeft, bottomLeft] = at(word.index / text.length)
    const [topRight, bottomRight] = at((word.index + word[0].length) / text.length)
    return {
      box: [topLeft, topRight, bottomRight, bottomLeft].map((point) => point.map(Math.round)),
      recognized_word: [word[0]],
    }
  })
}

for await (const path of readline.createInterface({ input: process.stdin })) {
  let results = []
  try {
    const lines = await ocr.detect(path)
    results = lines.filter((line) => line.text.trim() && line.box).flatMap(words)
  } catch (error) {
    console.error(`${path}: ${error.message}`)
  }
  answer(JSON.stringify({ responses: [{ page: 1, results }] }) + '\n')
}
