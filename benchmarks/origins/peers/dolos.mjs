// Answers from Dolos, one JSON line a question: first the known files, then files to be compared with all of them.
import readline from "node:readline";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const required = createRequire(`${process.argv[2]}/`);
const { File, FingerprintIndex, LanguagePicker, Options } = await import(
  pathToFileURL(required.resolve("@dodona/dolos-lib"))
);
const options = new Options({ language: "python" });
const language = await new LanguagePicker().findLanguage("python");
const tokenizer = await language.createTokenizer({ includeComments: false });
const index = new FingerprintIndex(options.kgramLength, options.kgramsInWindow, options.kgramData);
let known = [];

function tokenized(one) {
  return tokenizer.tokenizeFile(new File(one.name, one.text));
}

function answer(question) {
  const examined = tokenized(question);
  index.addFiles([examined]);
  const pairs = [];
  known.forEach((file, position) => {
    if (!question.without.includes(position)) {
      const pair = index.getPair(examined, file);
      if (pair.similarity > 0) pairs.push([position, pair]);
    }
  });
  pairs.sort((a, b) => b[1].similarity - a[1].similarity);
  const fragments = pairs.length ? pairs[0][1].buildFragments() : [];
  return {
    nearest: pairs.slice(0, 10).map(([position, pair]) => [position, pair.similarity]),
    lines: fragments.map((one) => [one.leftSelection.startRow + 1, one.leftSelection.endRow + 1]),
  };
}

for await (const line of readline.createInterface({ input: process.stdin })) {
  const began = process.cpuUsage();
  const question = JSON.parse(line);
  let answered = {};
  if (question.known) {
    known = question.known.map(tokenized);
    index.addFiles(known);
  } else {
    answered = answer(question);
  }
  const took = process.cpuUsage(began);
  answered.seconds = (took.user + took.system) / 1e6;
  process.stdout.write(JSON.stringify(answered) + "\n");
}
