/*
 * Pictures: JPEG through TurboJPEG.  What is decoded is the file that jpeg.h made
 * of it, so that the pixels are those a reader of the PDF decodes.
 */
#include "data/decode.h"

#include <string.h>

#include <turbojpeg.h>

#include "base/arena.h"
#include "data/jpeg.h"
#include "model/image.h"

/*
 * A warning is data lost or a file cut off.  500 scans at most: each costs a pass
 * over all pixels, however small it is.
 */
#define FLAGS (TJFLAG_STOPONWARNING | TJFLAG_LIMITSCANS | TJFLAG_ACCURATEDCT)

struct decoding {
    struct gs_arena *arena;
    const struct gs_encoded *encoded;
    struct gs_diag *diag;
    tjhandle library;
    struct gs_jpeg jpeg;
    int width, height, space; /* as stored; space is a TJCS_… */
};

static bool fail(struct decoding *decoding)
{
    gs_decode_refuse(decoding->encoded, tjGetErrorStr2(decoding->library),
            decoding->diag);
    return false;
}

static bool read_header(struct decoding *decoding)
{
    int subsampling;
    if (tjDecompressHeader3(decoding->library, decoding->jpeg.bytes,
                (unsigned long)decoding->jpeg.size, &decoding->width,
                &decoding->height, &subsampling, &decoding->space) != 0) {
        return fail(decoding);
    }
    return true;
}

/*
 * Ink to light, without a profile.  Files by Adobe programs, which are those with
 * an Adobe segment, hold light already: 255 is no ink.
 */
static void cmyk_to_rgba(uint8_t *pixels, size_t count, bool is_light)
{
    for (uint8_t *p = pixels; p < pixels + count * GS_CHANNELS;
            p += GS_CHANNELS) {
        for (int c = 0; c < GS_CHANNELS; c++) {
            p[c] = is_light ? p[c] : (uint8_t)(255 - p[c]);
        }
        for (int c = 0; c < 3; c++) {
            p[c] = (uint8_t)((p[c] * p[3] + 127) / 255);
        }
        p[3] = 255;
    }
}

static uint8_t *read_pixels(struct decoding *decoding)
{
    uint8_t *pixels = gs_decode_room(decoding->arena, decoding->encoded,
            (unsigned)decoding->width, (unsigned)decoding->height,
            decoding->diag);
    if (pixels == NULL) {
        return NULL;
    }
    bool is_cmyk = decoding->space == TJCS_CMYK || decoding->space == TJCS_YCCK;
    if (tjDecompress2(decoding->library, decoding->jpeg.bytes,
                (unsigned long)decoding->jpeg.size, pixels, decoding->width, 0,
                decoding->height, is_cmyk ? TJPF_CMYK : TJPF_RGBA,
                FLAGS) != 0) {
        fail(decoding);
        return NULL;
    }
    if (is_cmyk) {
        cmyk_to_rgba(pixels, (size_t)decoding->width * (size_t)decoding->height,
                decoding->jpeg.has_adobe);
    }
    return pixels;
}

/*
 * EXIF says which side of what is stored is the top: 5 to 8 are transposed, the
 * others of them mirrored.
 */
static uint8_t *turned(const struct decoding *decoding, const uint8_t *stored,
        unsigned width, unsigned height)
{
    unsigned orientation = decoding->jpeg.orientation;
    bool transposed = orientation >= 5;
    bool flip_x = orientation == 2 || orientation == 3 || orientation >= 7;
    bool flip_y = orientation == 3 || orientation == 4 || orientation == 6 ||
            orientation == 7;
    unsigned across = transposed ? height : width;
    unsigned down = transposed ? width : height;
    uint32_t *out =
            GS_MAKE_ARRAY(decoding->arena, uint32_t, (size_t)width * height);

    for (size_t y = 0, i = 0; y < height; y++) {
        for (size_t x = 0; x < width; x++, i++) {
            size_t from_x = transposed ? y : x, from_y = transposed ? x : y;
            from_x = flip_x ? across - 1 - from_x : from_x;
            from_y = flip_y ? down - 1 - from_y : from_y;
            const uint8_t *from =
                    stored + (from_y * across + from_x) * GS_CHANNELS;
            memcpy(&out[i], from, GS_CHANNELS);
        }
    }
    return (uint8_t *)out;
}

/*
 * Whether a reader of the stored file sees these pixels.  Readers believe the
 * Adobe segment, and without one take three components for YCbCr.
 */
static bool can_be_passed_on(const struct decoding *decoding)
{
    const struct gs_jpeg *jpeg = &decoding->jpeg;
    if (jpeg->is_arithmetic || jpeg->orientation != 1) {
        return false;
    }
    switch (decoding->space) {
    case TJCS_GRAY:
        return true;
    case TJCS_YCbCr:
        return !jpeg->has_adobe || jpeg->transform == 1;
    case TJCS_RGB:
        return jpeg->has_adobe && jpeg->transform == 0;
    default: /* CMYK, YCCK: no colour space of ours */
        return false;
    }
}

static uint8_t *decode(struct decoding *decoding, struct gs_image *image)
{
    uint8_t *pixels = read_header(decoding) ? read_pixels(decoding) : NULL;
    if (pixels == NULL) {
        return NULL;
    }
    bool transposed = decoding->jpeg.orientation >= 5;
    unsigned width = (unsigned)decoding->width;
    unsigned height = (unsigned)decoding->height;
    *image = (struct gs_image){.width = transposed ? height : width,
            .height = transposed ? width : height};
    if (decoding->jpeg.orientation != 1) {
        pixels = turned(decoding, pixels, image->width, image->height);
    }
    image->rgba = pixels;
    if (can_be_passed_on(decoding)) {
        image->jpeg = decoding->jpeg.bytes;
        image->jpeg_size = decoding->jpeg.size;
        image->jpeg_is_grey = decoding->space == TJCS_GRAY;
    }
    return pixels;
}

uint8_t *gs_decode_jpeg(struct gs_arena *arena,
        const struct gs_encoded *encoded, struct gs_image *image,
        struct gs_diag *diag)
{
    struct decoding decoding = {
            .arena = arena, .encoded = encoded, .diag = diag};
    if (!gs_jpeg_parse(arena, encoded->bytes, encoded->size, &decoding.jpeg)) {
        gs_decode_refuse(encoded, "JPEG file cut off or damaged", diag);
        return NULL;
    }
    decoding.library = tjInitDecompress();
    uint8_t *pixels = NULL;
    if (decoding.library != NULL) {
        pixels = decode(&decoding, image);
        tjDestroy(decoding.library);
    } else {
        fail(&decoding);
    }
    return pixels;
}
