/*
 * JPEG segments (ITU-T T.81, annex B): a marker, a length, a body; after a start
 * of scan coded data up to the next marker.
 */
#include "data/jpeg.h"

#include <string.h>

#include "base/arena.h"

enum {
    MARKER_TEM = 0x01,
    MARKER_SOF9 = 0xc9, /* up to SOF15: arithmetic coding, and DAC for it */
    MARKER_SOF15 = 0xcf,
    MARKER_RST0 = 0xd0,
    MARKER_RST7 = 0xd7,
    MARKER_SOI = 0xd8,
    MARKER_EOI = 0xd9,
    MARKER_SOS = 0xda,
    MARKER_APP0 = 0xe0,
    MARKER_APP1 = 0xe1,
    MARKER_APP14 = 0xee,
    MARKER_APP15 = 0xef,
    MARKER_COM = 0xfe,
};

/* Fixed parts: name, version, then density or flags. */
#define JFIF_SIZE 14 /* the last two bytes: size of the thumbnail */
#define ADOBE_SIZE 12 /* the last byte: the transform */

#define TIFF_ORIENTATION 0x0112
#define TIFF_ENTRY_SIZE 12

struct walk {
    const uint8_t *at, *end;
    uint8_t *out; /* where the kept bytes go; room for the whole file */
    struct gs_jpeg *jpeg;
};

struct span {
    const uint8_t *bytes;
    size_t size;
};

static bool begins_with(struct span span, const char *word, size_t size)
{
    return span.size >= size && memcmp(span.bytes, word, size) == 0;
}

static void keep(struct walk *walk, const uint8_t *bytes, size_t size)
{
    memcpy(walk->out, bytes, size);
    walk->out += size;
}

static void keep_segment(struct walk *walk, unsigned marker, struct span body)
{
    const uint8_t head[] = {0xff, (uint8_t)marker,
            (uint8_t)((body.size + 2) >> 8), (uint8_t)(body.size + 2)};
    keep(walk, head, sizeof head);
    keep(walk, body.bytes, body.size);
}

/* --- EXIF (TIFF 6.0, section 2) ---------------------------------------------- */

static uint32_t number(const uint8_t *at, unsigned size, bool is_big)
{
    uint32_t value = 0;
    for (unsigned i = 0; i < size; i++) {
        value |= (uint32_t)at[i] << 8 * (is_big ? size - 1 - i : i);
    }
    return value;
}

/* The orientation in the first directory; 1 where none can be found. */
static unsigned read_orientation(struct span tiff)
{
    bool is_big = begins_with(tiff, "MM", 2);
    if (tiff.size < 8 || (!is_big && !begins_with(tiff, "II", 2))) {
        return 1;
    }
    size_t at = number(tiff.bytes + 4, 4, is_big);
    if (at > tiff.size - 2) {
        return 1;
    }
    size_t count = number(tiff.bytes + at, 2, is_big);
    for (at += 2; count > 0 && tiff.size - at >= TIFF_ENTRY_SIZE; count--) {
        const uint8_t *entry = tiff.bytes + at;
        unsigned value = number(entry + 8, 2, is_big);
        if (number(entry, 2, is_big) == TIFF_ORIENTATION) {
            return value >= 1 && value <= 8 ? value : 1;
        }
        at += TIFF_ENTRY_SIZE;
    }
    return 1;
}

/* --- segments ---------------------------------------------------------------- */

static void keep_jfif(struct walk *walk, struct span body)
{
    uint8_t fixed[JFIF_SIZE];
    memcpy(fixed, body.bytes, JFIF_SIZE);
    fixed[JFIF_SIZE - 2] = fixed[JFIF_SIZE - 1] = 0;
    keep_segment(walk, MARKER_APP0, (struct span){fixed, JFIF_SIZE});
}

static void keep_adobe(struct walk *walk, struct span body)
{
    walk->jpeg->has_adobe = true;
    walk->jpeg->transform = body.bytes[ADOBE_SIZE - 1];
    keep_segment(walk, MARKER_APP14, (struct span){body.bytes, ADOBE_SIZE});
}

static void take_application(
        struct walk *walk, unsigned marker, struct span body)
{
    if (marker == MARKER_APP0 && body.size >= JFIF_SIZE &&
            begins_with(body, "JFIF", 5)) {
        keep_jfif(walk, body);
    } else if (marker == MARKER_APP14 && body.size >= ADOBE_SIZE &&
            begins_with(body, "Adobe", 5)) {
        keep_adobe(walk, body);
    } else if (marker == MARKER_APP1 && begins_with(body, "Exif\0", 6)) {
        walk->jpeg->orientation =
                read_orientation((struct span){body.bytes + 6, body.size - 6});
    }
}

static void take_segment(struct walk *walk, unsigned marker, struct span body)
{
    if (marker >= MARKER_APP0 && marker <= MARKER_APP15) {
        take_application(walk, marker, body);
        return;
    }
    if (marker == MARKER_COM) {
        return;
    }
    if (marker >= MARKER_SOF9 && marker <= MARKER_SOF15) {
        walk->jpeg->is_arithmetic = true;
    }
    keep_segment(walk, marker, body);
}

/* A marker, fill bytes before it skipped; 0 where there is none. */
static unsigned next_marker(struct walk *walk)
{
    if (walk->at == walk->end || *walk->at != 0xff) {
        return 0;
    }
    while (walk->at < walk->end && *walk->at == 0xff) {
        walk->at++;
    }
    return walk->at < walk->end ? *walk->at++ : 0;
}

static bool next_body(struct walk *walk, struct span *body)
{
    size_t left = (size_t)(walk->end - walk->at);
    size_t size = left >= 2 ? number(walk->at, 2, true) : 0;
    if (size < 2 || size > left) {
        return false;
    }
    *body = (struct span){walk->at + 2, size - 2};
    walk->at += size;
    return true;
}

/* Coded data: up to a marker that is neither a stuffed FF nor a restart. */
static void take_scan(struct walk *walk)
{
    const uint8_t *from = walk->at;
    while (walk->end - walk->at >= 2) {
        const uint8_t *ff =
                memchr(walk->at, 0xff, (size_t)(walk->end - walk->at) - 1);
        if (ff == NULL) {
            break;
        }
        if (ff[1] != 0 && (ff[1] < MARKER_RST0 || ff[1] > MARKER_RST7)) {
            keep(walk, from, (size_t)(ff - from));
            walk->at = ff;
            return;
        }
        walk->at = ff + 2;
    }
    walk->at = walk->end; /* no marker: the file is cut off */
}

static bool take_all(struct walk *walk)
{
    for (;;) {
        unsigned marker = next_marker(walk);
        struct span body;
        if (marker == MARKER_EOI) {
            keep(walk, (const uint8_t *)"\xff\xd9", 2);
            return true;
        }
        if (marker <= MARKER_TEM ||
                (marker >= MARKER_RST0 && marker <= MARKER_SOI) ||
                !next_body(walk, &body)) {
            return false;
        }
        take_segment(walk, marker, body);
        if (marker == MARKER_SOS) {
            take_scan(walk);
        }
    }
}

bool gs_jpeg_is_one(const void *bytes, size_t size)
{
    return size >= 3 && memcmp(bytes, "\xff\xd8\xff", 3) == 0;
}

bool gs_jpeg_parse(struct gs_arena *arena, const void *bytes, size_t size,
        struct gs_jpeg *jpeg)
{
    if (!gs_jpeg_is_one(bytes, size)) {
        return false;
    }
    const uint8_t *from = bytes;
    uint8_t *out = GS_MAKE_ARRAY(arena, uint8_t, size);
    *jpeg = (struct gs_jpeg){.bytes = out, .orientation = 1};
    struct walk walk = {from + 2, from + size, out, jpeg};
    keep(&walk, from, 2);
    if (!take_all(&walk)) {
        return false;
    }
    jpeg->size = (size_t)(walk.out - out);
    return true;
}
