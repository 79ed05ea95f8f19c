// Text of a PDF as pdf.js extracts it: node copy_text.js FILE. Pages end in a form feed.
const fs = require('fs');
const pdfjs = require('pdfjs-dist/build/pdf.js');
const cmaps = require.resolve('pdfjs-dist/build/pdf.js').replace(/build\/pdf\.js$/, 'cmaps/');

async function main(path) {
  const pdf = await pdfjs.getDocument({
    data: new Uint8Array(fs.readFileSync(path)),
    disableFontFace: true,
    cMapUrl: cmaps,
    cMapPacked: true,
    verbosity: 0,
  }).promise;
  for (let i = 1; i <= pdf.numPages; i++) {
    const page = await pdf.getPage(i);
    const content = await page.getTextContent({ normalizeWhitespace: false });
    process.stdout.write(content.items.map((item) => item.str + '\n').join('') + '\f');
  }
}

main(process.argv[2]).catch((error) => {
  process.stderr.write(String(error && error.stack) + '\n');
  process.exit(1);
});
