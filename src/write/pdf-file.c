/*
 * A PDF file in the making.
 */
#include "write/pdf-file.h"

#include <assert.h>
#include <string.h>

#include <glib.h>
#include <libdeflate.h>

#include "base/file.h"

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

/* Where an object lies: in the file, or as which of an object stream. */
enum place_kind { PLACE_NONE, PLACE_FILE, PLACE_PACKED };
struct place {
    uint64_t kind : 2;
    uint64_t at : 54; /* offset, or the object stream's number */
    uint64_t index : 8; /* in an object stream */
};
#define AT_MASK ((UINT64_C(1) << 54) - 1)

struct gs_pdf_tools {
    struct libdeflate_compressor
            *compressors[2]; /* by `small`; made when used */
    struct gs_pdf_buffer body; /* of objects */
    struct gs_pdf_buffer line; /* what surrounds objects */
    struct gs_pdf_buffer packed, packed_index; /* the object stream at hand */
    struct gs_pdf_buffer deflated; /* the stream at hand */
    GArray *places; /* struct place, by number */
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

    tools->places = g_array_new(FALSE, FALSE, sizeof(struct place));
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
    g_array_free(tools->places, TRUE);
    g_free(tools);
}

static void empty_tools(struct gs_pdf_tools *tools)
{
    const struct place none = {.kind = PLACE_NONE};

    tools->body.size = 0;
    tools->line.size = 0;
    tools->packed.size = 0;
    tools->packed_index.size = 0;
    g_array_set_size(tools->places, 0);
    g_array_append_val(tools->places, none); /* number 0 is none of ours */
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
    const struct place none = {.kind = PLACE_NONE};

    g_array_append_val(file->tools->places, none);
    return file->tools->places->len - 1;
}

static void set_place(
        struct gs_pdf_file *file, unsigned number, struct place place)
{
    struct place *found =
            &g_array_index(file->tools->places, struct place, number);

    assert(number > 0 && number < file->tools->places->len);
    assert(found->kind == PLACE_NONE); /* an object is written once */
    *found = place;
}

static void begin_in_file(struct gs_pdf_file *file, unsigned number)
{
    set_place(file, number,
            (struct place){.kind = PLACE_FILE, .at = file->offset & AT_MASK});
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
    set_place(file, number,
            (struct place){.kind = PLACE_PACKED,
                    .at = file->pack,
                    .index = file->packed_count & 0xFF});
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
    gs_pdf_put_int(out, file->tools->places->len);
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

/* One line of the plain table is 20 bytes (7.5.4). */
static void put_table_line(struct gs_pdf_file *file, const struct place *place)
{
    char line[24];

    if (place->kind == PLACE_FILE) {
        g_snprintf(line, sizeof line, "%010" G_GUINT64_FORMAT " 00000 n \n",
                (guint64)place->at);
    } else {
        g_strlcpy(line, "0000000000 65535 f \n", sizeof line);
    }
    gs_pdf_puts(&file->tools->line, line);
}

static void finish_with_table(
        struct gs_pdf_file *file, unsigned catalog, unsigned info)
{
    uint64_t start = file->offset;

    gs_pdf_puts(&file->tools->line, "xref\n0 ");
    gs_pdf_put_int(&file->tools->line, file->tools->places->len);
    gs_pdf_puts(&file->tools->line, "\n");
    for (guint i = 0; i < file->tools->places->len; i++) {
        put_table_line(
                file, &g_array_index(file->tools->places, struct place, i));
    }
    gs_pdf_puts(&file->tools->line, "trailer\n<<");
    put_trailer(file, &file->tools->line, catalog, info);
    gs_pdf_puts(&file->tools->line, ">>\n");
    emit_line(file);
    put_start(file, start);
}

/* Bytes of an entry of a cross-reference stream (7.5.8): kind, place, index. */
#define ENTRY_MAX 9

static void fill_entry(
        uint8_t *entry, unsigned width, const struct place *place)
{
    entry[0] = (uint8_t)place->kind;
    for (unsigned i = 0; i < width; i++) {
        entry[1 + i] = (uint8_t)(place->at >> (8 * (width - 1 - i)));
    }
    entry[1 + width] = (uint8_t)place->index;
}

/*
 * For compression, each entry as its difference from the one before (the PNG filter
 * Up): entries that lie side by side are then alike, and the table is a third in size.
 */
static void put_entries(const struct gs_pdf_file *file, unsigned width,
        bool differences, struct gs_pdf_buffer *out)
{
    const GArray *places = file->tools->places;
    uint8_t before[ENTRY_MAX] = {0}, entry[ENTRY_MAX];
    uint8_t row[ENTRY_MAX + 1] = {2};

    for (guint i = 0; i < places->len; i++) {
        fill_entry(entry, width, &g_array_index(places, struct place, i));
        if (!differences) {
            gs_pdf_put(out, entry, width + 2);
            continue;
        }
        for (size_t k = 0; k < width + 2; k++) {
            row[k + 1] = (uint8_t)(entry[k] - before[k]);
        }
        gs_pdf_put(out, row, width + 3);
        memcpy(before, entry, sizeof before);
    }
}

/* Bytes that a place takes: none lies behind the table itself. */
static unsigned place_width(uint64_t start)
{
    unsigned width = 1;
    while (start >> (8 * width) > 0) {
        width++;
    }
    return width;
}

static void put_table_format(
        struct gs_pdf_buffer *out, unsigned width, bool differences)
{
    gs_pdf_puts(out, "/Type/XRef/W[1 ");
    gs_pdf_put_int(out, width);
    gs_pdf_puts(out, " 1]");
    if (differences) {
        gs_pdf_puts(out, "/DecodeParms<</Predictor 12/Columns ");
        gs_pdf_put_int(out, width + 2);
        gs_pdf_puts(out, ">>");
    }
}

static void finish_with_stream(
        struct gs_pdf_file *file, unsigned catalog, unsigned info)
{
    struct gs_pdf_buffer entries = {0};

    flush_pack(file);
    unsigned number = gs_pdf_reserve(file);
    uint64_t start = file->offset;
    unsigned width = place_width(start);
    bool differences = is_worth_deflating(
            file, (size_t)file->tools->places->len * (width + 3));
    put_table_format(&entries, width, differences);
    put_trailer(file, &entries, catalog, info);
    gs_pdf_put(&entries, "", 1);
    /* Its own entry is among them, so its place is known before it is written. */
    struct place *own =
            &g_array_index(file->tools->places, struct place, number);
    *own = (struct place){.kind = PLACE_FILE, .at = start & AT_MASK};
    file->tools->body.size = 0;
    put_entries(file, width, differences, &file->tools->body);
    *own = (struct place){.kind = PLACE_NONE};
    (differences ? gs_pdf_stream : gs_pdf_stream_plain)(file, number,
            entries.bytes, file->tools->body.bytes, file->tools->body.size);
    gs_pdf_buffer_release(&entries);
    put_start(file, start);
}

/* A number that nothing stands under would be a reference to nothing. */
static void check_complete(const struct gs_pdf_file *file)
{
    for (guint i = 1; i < file->tools->places->len; i++) {
        assert(i == file->pack ||
                g_array_index(file->tools->places, struct place, i).kind !=
                        PLACE_NONE);
    }
}

void gs_pdf_finish(struct gs_pdf_file *file, unsigned catalog, unsigned info)
{
    assert(file->open == 0);
    check_complete(file);
    if (file->packs) {
        finish_with_stream(file, catalog, info);
    } else {
        finish_with_table(file, catalog, info);
    }
}
