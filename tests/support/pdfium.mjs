// What PDFium reads of a PDF, as JSON: for each page its structure tree, with
// attributes, and the text of its marked content by MCID; and its pages as grey
// pictures.
//
//     node pdfium.mjs FOLDER FILE            FOLDER holds node_modules
//     node pdfium.mjs FOLDER FILE DPI OUT    also OUT-1.pgm, OUT-2.pgm, ...
import fs from 'node:fs';
import path from 'node:path';
import {createRequire} from 'node:module';
import {pathToFileURL} from 'node:url';

const [folder, file, dpi, out] = process.argv.slice(2);
const require = createRequire(path.resolve(folder, 'x.js'));
const main = require.resolve('@embedpdf/pdfium');
const {init} = await import(pathToFileURL(path.join(path.dirname(main), 'index.js')));
const wasmBinary = fs.readFileSync(path.join(path.dirname(main), 'pdfium.wasm'));
const m = await init({wasmBinary});
m.PDFiumExt_Init();
const P = m.pdfium;
const {malloc, free} = P.wasmExports;

function scratch(size, use) {
  const at = malloc(size);
  P.HEAPU8.fill(0, at, at + size);
  try {
    return use(at);
  } finally {
    free(at);
  }
}

// f(buffer, size) -> bytes of UTF-16LE with its end.
function string(f) {
  const size = f(0, 0);
  if (size <= 2) {
    return '';
  }
  return scratch(size, (at) => {
    f(at, size);
    return Buffer.from(P.HEAPU8.slice(at, at + size - 2)).toString('utf16le');
  });
}

const STRING = [3, 4]; // FPDF_OBJECT_STRING, _NAME
const NUMBER = 2;
const ARRAY = 5;

function value(v) {
  const type = m.FPDF_StructElement_Attr_GetType(v);
  if (type === NUMBER) {
    return scratch(4, (at) => {
      m.FPDF_StructElement_Attr_GetNumberValue(v, at);
      return new DataView(P.HEAPU8.buffer).getFloat32(at, true);
    });
  }
  if (STRING.includes(type)) {
    return scratch(1024, (at) => scratch(4, (length) => {
      m.FPDF_StructElement_Attr_GetStringValue(v, at, 1024, length);
      const size = new DataView(P.HEAPU8.buffer).getUint32(length, true);
      return Buffer.from(P.HEAPU8.slice(at, at + size - 2)).toString('utf16le');
    }));
  }
  if (type === ARRAY) {
    const count = m.FPDF_StructElement_Attr_CountChildren(v);
    return Array.from({length: count},
      (_, i) => value(m.FPDF_StructElement_Attr_GetChildAtIndex(v, i)));
  }
  return null;
}

function attributes(element) {
  const found = {};
  for (let i = 0; i < m.FPDF_StructElement_GetAttributeCount(element); i++) {
    const one = m.FPDF_StructElement_GetAttributeAtIndex(element, i);
    for (let j = 0; j < m.FPDF_StructElement_Attr_GetCount(one); j++) {
      const name = scratch(64, (at) => scratch(4, (length) => {
        m.FPDF_StructElement_Attr_GetName(one, j, at, 64, length);
        const bytes = P.HEAPU8.slice(at, at + 64);
        return Buffer.from(bytes.slice(0, bytes.indexOf(0))).toString('latin1');
      }));
      found[name] = value(m.FPDF_StructElement_Attr_GetValue(one, name));
    }
  }
  return found;
}

function node(element) {
  const kids = [];
  for (let i = 0; i < m.FPDF_StructElement_CountChildren(element); i++) {
    const kid = m.FPDF_StructElement_GetChildAtIndex(element, i);
    const mcid = kid ? -1 : m.FPDF_StructElement_GetChildMarkedContentID(element, i);
    if (kid) {
      kids.push(node(kid));
    } else if (mcid >= 0) {
      kids.push(mcid);
    }
  }
  return {
    role: string((at, size) => m.FPDF_StructElement_GetType(element, at, size)),
    id: string((at, size) => m.FPDF_StructElement_GetID(element, at, size)),
    alt: string((at, size) => m.FPDF_StructElement_GetAltText(element, at, size)),
    attributes: attributes(element),
    kids,
  };
}

function tree(page) {
  const root = m.FPDF_StructTree_GetForPage(page);
  const kids = [];
  for (let i = 0; root && i < m.FPDF_StructTree_CountChildren(root); i++) {
    kids.push(node(m.FPDF_StructTree_GetChildAtIndex(root, i)));
  }
  m.FPDF_StructTree_Close(root);
  return kids;
}

// Text by MCID; of artifacts under ''.
function text(page) {
  const words = m.FPDFText_LoadPage(page);
  const found = {};
  for (let i = 0; i < m.FPDFText_CountChars(words); i++) {
    if (m.FPDFText_IsGenerated(words, i) === 1) {
      continue; // a blank or line end that PDFium makes up
    }
    const object = m.FPDFText_GetTextObject(words, i);
    const mcid = m.FPDFPageObj_GetMarkedContentID(object);
    const key = mcid >= 0 ? mcid : '';
    found[key] = (found[key] || '') + String.fromCodePoint(m.FPDFText_GetUnicode(words, i));
  }
  m.FPDFText_ClosePage(words);
  return found;
}

const GREY = 1; // FPDFBitmap_Gray
const FLAGS = 1; // FPDF_ANNOT

const FINER = 4; // PDFium puts glyphs at whole pixels

function draw(page, name) {
  const width = Math.ceil(m.FPDF_GetPageWidthF(page) * dpi / 72);
  const height = Math.ceil(m.FPDF_GetPageHeightF(page) * dpi / 72);
  const bitmap = m.FPDFBitmap_CreateEx(width * FINER, height * FINER, GREY, 0, 0);
  m.FPDFBitmap_FillRect(bitmap, 0, 0, width * FINER, height * FINER, 0xffffffff);
  m.FPDF_RenderPageBitmap(bitmap, page, 0, 0, width * FINER, height * FINER, 0, FLAGS);
  const stride = m.FPDFBitmap_GetStride(bitmap);
  const buffer = m.FPDFBitmap_GetBuffer(bitmap);
  const pixels = Buffer.alloc(width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      let sum = 0;
      for (let row = 0; row < FINER; row++) {
        const at = buffer + (y * FINER + row) * stride + x * FINER;
        for (let i = 0; i < FINER; i++) {
          sum += P.HEAPU8[at + i];
        }
      }
      pixels[y * width + x] = sum / (FINER * FINER);
    }
  }
  fs.writeFileSync(name, Buffer.concat([Buffer.from(`P5\n${width} ${height}\n255\n`), pixels]));
  m.FPDFBitmap_Destroy(bitmap);
}

const data = fs.readFileSync(file);
const at = malloc(data.length);
P.HEAPU8.set(data, at);
const doc = m.FPDF_LoadMemDocument(at, data.length, '');
if (!doc) {
  throw new Error(`PDFium cannot read ${file}`);
}
const pages = [];
for (let i = 0; i < m.FPDF_GetPageCount(doc); i++) {
  const page = m.FPDF_LoadPage(doc, i);
  pages.push({tree: tree(page), text: text(page)});
  if (out) {
    draw(page, `${out}-${i + 1}.pgm`);
  }
  m.FPDF_ClosePage(page);
}
process.stdout.write(JSON.stringify({pages}));
