/*
 * A PDF file in the making.
 */
#include "write/pdf-file.h"

#include <assert.h>
#include <string.h>

#include <glib.h>
#include <libdeflate.h>

#include "base/file.h"
#include "write/pdf-xref.h"

/* libdeflate's levels: the first is ten times as fast as the second. */
#define LEVEL_FAST 1
#define LEVEL_SMALL 10

/*
 * Shorter streams are written as they are: codes of their own would take libdeflate
 * longer than all else of them, and save half of what is little.
 */
#define DEFLATED_LEAST 2048u

/* An object stream is full when it holds as many objects, or bytes. */
#define PACK_COUNT 200u
#define PACK_SIZE ((size_t)64 << 10)

struct gs_pdf_tools {
    struct libdeflate_compressor
            *compressors[2]; /* by `small`; made when used */
    struct gs_pdf_buffer body; /* of objects */
    struct gs_pdf_buffer line; /* what surrounds objects */
    struct gs_pdf_buffer packed, packed_index; /* the object stream at hand */
    struct gs_pdf_buffer deflated; /* the stream at hand */
    struct gs_pdf_xref xref;
};

struct gs_pdf_file {
    struct gs_pdf_tools *tools;
    struct gs_pdf_tools *own_tools; /* NULL: they are borrowed */
    struct gs_output *output;
    enum gs_pdf_standard standard;
    bool small;
    bool packs; /* objects go into object streams */
    uint64_t offset;
    uint32_t crc; /* of all bytes so far, for the ID */
    uint64_t sums; /* a hash of those that compressed streams end with, too */
    unsigned open; /* number of the open object; 0: none */
    unsigned pack; /* number of the object stream at hand; 0: none */
    unsigned packed_count;
};

/* --- bytes --------------------------------------------------------------------- */

/* A failure to write sticks in the output and is told when it is committed. */
static void emit(struct gs_pdf_file *file, const void *bytes, size_t size)
{
    gs_output_write(file->output, bytes, size);
    file->crc = libdeflate_crc32(file->crc, bytes, size);
    file->offset += size;
}

static void emit_line(struct gs_pdf_file *file)
{
    emit(file, file->tools->line.bytes, file->tools->line.size);
    file->tools->line.size = 0;
}

struct gs_pdf_tools *gs_pdf_tools_new(void)
{
    struct gs_pdf_tools *tools = g_new0(struct gs_pdf_tools, 1);

    gs_pdf_xref_init(&tools->xref);
    return tools;
}

void gs_pdf_tools_free(struct gs_pdf_tools *tools)
{
    if (tools == NULL) {
        return;
    }
    for (size_t i = 0; i < G_N_ELEMENTS(tools->compressors); i++) {
        libdeflate_free_compressor(tools->compressors[i]);
    }
    gs_pdf_buffer_release(&tools->body);
    gs_pdf_buffer_release(&tools->line);
    gs_pdf_buffer_release(&tools->packed);
    gs_pdf_buffer_release(&tools->packed_index);
    gs_pdf_buffer_release(&tools->deflated);
    gs_pdf_xref_release(&tools->xref);
    g_free(tools);
}

static void empty_tools(struct gs_pdf_tools *tools)
{
    tools->body.size = 0;
    tools->line.size = 0;
    tools->packed.size = 0;
    tools->packed_index.size = 0;
    gs_pdf_xref_empty(&tools->xref);
}

struct gs_pdf_file *gs_pdf_file_new(struct gs_output *output,
        struct gs_pdf_tools *tools, enum gs_pdf_standard standard, bool small)
{
    struct gs_pdf_file *file = g_new0(struct gs_pdf_file, 1);

    if (tools == NULL) {
        tools = file->own_tools = gs_pdf_tools_new();
    }
    empty_tools(tools);
    file->tools = tools;
    file->output = output;
    file->standard = standard;
    file->small = small;
    file->packs = standard != GS_PDF_A_1B;
    file->sums = UINT64_C(0xCBF29CE484222325);
    /* A comment of four high bytes says that the file is binary (6.1.2). */
    gs_pdf_puts(&tools->line, file->packs ? "%PDF-1.7\n" : "%PDF-1.4\n");
    gs_pdf_puts(&tools->line, "%\xE5\x85\xAC\xE7\xA4\xBA\n");
    emit_line(file);
    return file;
}

void gs_pdf_file_free(struct gs_pdf_file *file)
{
    if (file != NULL) {
        gs_pdf_tools_free(file->own_tools);
        g_free(file);
    }
}

enum gs_pdf_standard gs_pdf_file_standard(const struct gs_pdf_file *file)
{
    return file->standard;
}

bool gs_pdf_file_is_small(const struct gs_pdf_file *file)
{
    return file->small;
}

/* --- numbers --------------------------------------------------------------------- */

unsigned gs_pdf_reserve(struct gs_pdf_file *file)
{
    return gs_pdf_xref_reserve(&file->tools->xref);
}

static void begin_in_file(struct gs_pdf_file *file, unsigned number)
{
    gs_pdf_xref_set_offset(&file->tools->xref, number, file->offset);
    gs_pdf_put_int(&file->tools->line, number);
    gs_pdf_puts(&file->tools->line, " 0 obj\n");
}

/* --- streams ---------------------------------------------------------------------- */

static struct libdeflate_compressor *find_compressor(
        const struct gs_pdf_file *file)
{
    struct libdeflate_compressor **found =
            &file->tools->compressors[file->small];

    if (*found == NULL) {
        *found = libdeflate_alloc_compressor(
                file->small ? LEVEL_SMALL : LEVEL_FAST);
    }
    return *found;
}

/* Leaves `data` as zlib would write it in tools->deflated. */
static void deflate_data(
        struct gs_pdf_file *file, const void *data, size_t size)
{
    struct libdeflate_compressor *compressor = find_compressor(file);
    struct gs_pdf_buffer *out = gs_pdf_begin_deflated(file);
    size_t bound = libdeflate_zlib_compress_bound(compressor, size);

    gs_pdf_buffer_reserve(out, bound);
    out->size =
            libdeflate_zlib_compress(compressor, data, size, out->bytes, bound);
    assert(out->size > 0);
}

/* The same for a text that has a code of its kind. */
static void deflate_text(struct gs_pdf_file *file, enum gs_pdf_text text,
        const void *data, size_t size)
{
    if (file->small || size > GS_PDF_DEFLATE_MOST ||
            !gs_pdf_deflate(gs_pdf_begin_deflated(file), text, data, size)) {
        deflate_data(file, data, size);
    }
}

/* The standard wants an end of line before `endstream` (ISO 19005-2, 6.1.7.1). */
static void put_stream(struct gs_pdf_file *file, unsigned number,
        const char *filter, const char *entries, const void *data, size_t size)
{
    assert(file->open == 0);
    begin_in_file(file, number);
    gs_pdf_puts(&file->tools->line, "<</Length ");
    gs_pdf_put_int(&file->tools->line, (int64_t)size);
    gs_pdf_puts(&file->tools->line, filter);
    gs_pdf_puts(&file->tools->line, entries);
    gs_pdf_puts(&file->tools->line, ">>\nstream\n");
    emit_line(file);
    emit(file, data, size);
    gs_pdf_puts(&file->tools->line, "\nendstream\nendobj\n");
    emit_line(file);
}

struct gs_pdf_buffer *gs_pdf_begin_deflated(struct gs_pdf_file *file)
{
    file->tools->deflated.size = 0;
    return &file->tools->deflated;
}

void gs_pdf_stream_plain(struct gs_pdf_file *file, unsigned number,
        const char *entries, const void *data, size_t size)
{
    put_stream(file, number, "", entries, data, size);
}

void gs_pdf_stream_deflated(struct gs_pdf_file *file, unsigned number,
        const char *entries, const void *data, size_t size)
{
    uint32_t sum; /* Adler-32 of what is compressed */

    assert(size >= sizeof sum);
    memcpy(&sum, (const char *)data + size - sizeof sum, sizeof sum);
    /* A step of FNV-1a, by words. */
    file->sums = (file->sums ^ GUINT32_FROM_BE(sum)) * UINT64_C(0x100000001B3);
    put_stream(file, number, "/Filter/FlateDecode", entries, data, size);
}

static bool is_worth_deflating(const struct gs_pdf_file *file, size_t size)
{
    return file->small || size >= DEFLATED_LEAST;
}

static void put_deflated(
        struct gs_pdf_file *file, unsigned number, const char *entries)
{
    gs_pdf_stream_deflated(file, number, entries, file->tools->deflated.bytes,
            file->tools->deflated.size);
}

void gs_pdf_stream(struct gs_pdf_file *file, unsigned number,
        const char *entries, const void *data, size_t size)
{
    if (is_worth_deflating(file, size)) {
        deflate_data(file, data, size);
        put_deflated(file, number, entries);
    } else {
        gs_pdf_stream_plain(file, number, entries, data, size);
    }
}

void gs_pdf_stream_text(struct gs_pdf_file *file, unsigned number,
        const char *entries, enum gs_pdf_text text, const void *data,
        size_t size)
{
    if (is_worth_deflating(file, size)) {
        deflate_text(file, text, data, size);
        put_deflated(file, number, entries);
    } else {
        gs_pdf_stream_plain(file, number, entries, data, size);
    }
}

/* --- objects ----------------------------------------------------------------------- */

/* Writes the object stream at hand. */
static void flush_pack(struct gs_pdf_file *file)
{
    if (file->pack == 0) {
        return;
    }
    struct gs_pdf_buffer entries = {0};
    gs_pdf_puts(&entries, "/Type/ObjStm/N ");
    gs_pdf_put_int(&entries, file->packed_count);
    gs_pdf_puts(&entries, "/First ");
    gs_pdf_put_int(&entries, (int64_t)file->tools->packed_index.size);
    gs_pdf_put(&entries, "", 1);
    gs_pdf_put(&file->tools->packed_index, file->tools->packed.bytes,
            file->tools->packed.size);
    gs_pdf_stream_text(file, file->pack, entries.bytes, GS_PDF_TEXT_OBJECTS,
            file->tools->packed_index.bytes, file->tools->packed_index.size);
    gs_pdf_buffer_release(&entries);
    file->pack = 0;
    file->packed_count = 0;
    file->tools->packed.size = 0;
    file->tools->packed_index.size = 0;
}

struct gs_pdf_buffer *gs_pdf_begin(struct gs_pdf_file *file, unsigned number)
{
    assert(file->open == 0 && number > 0);
    file->open = number;
    file->tools->body.size = 0;
    return &file->tools->body;
}

static void pack_object(struct gs_pdf_file *file, unsigned number)
{
    if (file->pack == 0) {
        file->pack = gs_pdf_reserve(file);
    }
    gs_pdf_xref_set_packed(
            &file->tools->xref, number, file->pack, file->packed_count);
    gs_pdf_put_int(&file->tools->packed_index, number);
    gs_pdf_puts(&file->tools->packed_index, " ");
    gs_pdf_put_int(
            &file->tools->packed_index, (int64_t)file->tools->packed.size);
    gs_pdf_puts(&file->tools->packed_index, " ");
    gs_pdf_put(&file->tools->packed, file->tools->body.bytes,
            file->tools->body.size);
    gs_pdf_puts(&file->tools->packed, "\n");
    file->packed_count++;
    if (file->packed_count == PACK_COUNT ||
            file->tools->packed.size >= PACK_SIZE) {
        flush_pack(file);
    }
}

void gs_pdf_end(struct gs_pdf_file *file)
{
    unsigned number = file->open;

    assert(number > 0);
    file->open = 0;
    if (file->packs) {
        pack_object(file, number);
        return;
    }
    begin_in_file(file, number);
    gs_pdf_put(&file->tools->line, file->tools->body.bytes,
            file->tools->body.size);
    gs_pdf_puts(&file->tools->line, "\nendobj\n");
    emit_line(file);
}

/* --- the end ------------------------------------------------------------------------ */

/*
 * From what is in the file, so that the same document has the same one: 14.4 asks
 * for an identifier that another file hardly has, and not for a secret.
 */
static void put_id(const struct gs_pdf_file *file, struct gs_pdf_buffer *out)
{
    const uint64_t id[2] = {
            GUINT64_TO_BE(
                    (uint64_t)file->crc << 32 | (file->offset & UINT32_MAX)),
            GUINT64_TO_BE(file->sums),
    };
    gs_pdf_puts(out, "/ID[<");
    gs_pdf_put_hex(out, id, sizeof id);
    gs_pdf_puts(out, "><");
    gs_pdf_put_hex(out, id, sizeof id);
    gs_pdf_puts(out, ">]");
}

static void put_trailer(const struct gs_pdf_file *file,
        struct gs_pdf_buffer *out, unsigned catalog, unsigned info)
{
    gs_pdf_puts(out, "/Size ");
    gs_pdf_put_int(out, gs_pdf_xref_count(&file->tools->xref));
    gs_pdf_puts(out, "/Root ");
    gs_pdf_put_ref(out, catalog);
    if (info != 0) {
        gs_pdf_puts(out, "/Info ");
        gs_pdf_put_ref(out, info);
    }
    put_id(file, out);
}

static void put_start(struct gs_pdf_file *file, uint64_t start)
{
    gs_pdf_puts(&file->tools->line, "startxref\n");
    gs_pdf_put_int(&file->tools->line, (int64_t)start);
    gs_pdf_puts(&file->tools->line, "\n%%EOF\n");
    emit_line(file);
}

static void finish_with_table(
        struct gs_pdf_file *file, unsigned catalog, unsigned info)
{
    struct gs_pdf_buffer *line = &file->tools->line;
    uint64_t start = file->offset;

    gs_pdf_xref_put_table(&file->tools->xref, line);
    gs_pdf_puts(line, "trailer\n<<");
    put_trailer(file, line, catalog, info);
    gs_pdf_puts(line, ">>\n");
    emit_line(file);
    put_start(file, start);
}

static void finish_with_stream(
        struct gs_pdf_file *file, unsigned catalog, unsigned info)
{
    struct gs_pdf_xref *xref = &file->tools->xref;
    struct gs_pdf_buffer *body = &file->tools->body;
    struct gs_pdf_buffer entries = {0};

    flush_pack(file);
    unsigned number = gs_pdf_reserve(file);
    uint64_t start = file->offset;
    bool differences =
            is_worth_deflating(file, gs_pdf_xref_stream_size(xref, start));
    gs_pdf_xref_put_format(&entries, start, differences);
    put_trailer(file, &entries, catalog, info);
    gs_pdf_put(&entries, "", 1);
    body->size = 0;
    gs_pdf_xref_put_entries(xref, number, start, differences, body);
    (differences ? gs_pdf_stream : gs_pdf_stream_plain)(
            file, number, entries.bytes, body->bytes, body->size);
    gs_pdf_buffer_release(&entries);
    put_start(file, start);
}

void gs_pdf_finish(struct gs_pdf_file *file, unsigned catalog, unsigned info)
{
    assert(file->open == 0);
    /* A number that nothing stands under would be a reference to nothing. */
    assert(gs_pdf_xref_is_complete(&file->tools->xref, file->pack));
    if (file->packs) {
        finish_with_stream(file, catalog, info);
    } else {
        finish_with_table(file, catalog, info);
    }
}
