// What pdf.js reads of a PDF, as JSON: language, marks, title; for each page its
// structure tree and the text of its marked content, by the tree's ids.
//
//     node pdfjs.cjs FILE [PDF.JS]
'use strict';
const fs = require('fs');
const pdfjs = require(process.argv[3] || '/usr/share/javascript/pdf/build/pdf.js');

// Content that is marked and has no id (an artifact) comes under ''.
function textById(items) {
  const text = {};
  const open = [];
  for (const item of items) {
    if (item.type === 'beginMarkedContent' || item.type === 'beginMarkedContentProps') {
      open.push(item.id || '');
    } else if (item.type === 'endMarkedContent') {
      open.pop();
    } else {
      const id = open.length > 0 ? open[open.length - 1] : 'outside';
      text[id] = (text[id] || '') + item.str;
    }
  }
  return text;
}

async function main() {
  const data = new Uint8Array(fs.readFileSync(process.argv[2]));
  const doc = await pdfjs.getDocument({data, verbosity: 0, disableFontFace: true}).promise;
  const info = (await doc.getMetadata()).info;
  const pages = [];
  for (let i = 1; i <= doc.numPages; i++) {
    const page = await doc.getPage(i);
    const content = await page.getTextContent({includeMarkedContent: true});
    pages.push({
      tree: await page.getStructTree(),
      text: textById(content.items),
      annotations: (await page.getAnnotations()).map((a) => a.subtype),
    });
    page.cleanup();
  }
  process.stdout.write(JSON.stringify({
    language: info.Language, title: info.Title, marks: await doc.getMarkInfo(), pages,
  }));
}

main().catch((error) => { console.error(error); process.exit(1); });
