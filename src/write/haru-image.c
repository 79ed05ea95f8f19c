/*
 * The libharu writer: pictures.  Colour and alpha are two images in the file;
 * each picture is embedded once.
 */
#include "write/haru.h"

#include "model/image.h"

static bool split(
        const struct gs_image *image, HPDF_BYTE *color, HPDF_BYTE *alpha)
{
    size_t count = (size_t)image->width * image->height;
    bool opaque = true;

    for (size_t i = 0; i < count; i++) {
        const uint8_t *rgba = &image->rgba[i * 4];
        color[i * 3] = rgba[0];
        color[i * 3 + 1] = rgba[1];
        color[i * 3 + 2] = rgba[2];
        alpha[i] = rgba[3];
        opaque = opaque && rgba[3] == 255;
    }
    return opaque;
}

static HPDF_Image load_image(struct gs_haru *haru, const struct gs_image *image)
{
    size_t count = (size_t)image->width * image->height;
    HPDF_BYTE *color = g_malloc_n(count, 3);
    HPDF_BYTE *alpha = g_malloc(count);
    bool opaque = split(image, color, alpha);

    HPDF_Image result = HPDF_LoadRawImageFromMem(haru->pdf, color, image->width,
            image->height, HPDF_CS_DEVICE_RGB, 8);
    if (result != NULL && !opaque) {
        HPDF_Image mask = HPDF_LoadRawImageFromMem(haru->pdf, alpha,
                image->width, image->height, HPDF_CS_DEVICE_GRAY, 8);
        if (mask != NULL) {
            HPDF_Image_AddSMask(result, mask);
        }
    }
    g_free(alpha);
    g_free(color);
    return result;
}

void gs_haru_show_image(struct gs_writer *base, struct gs_rect rect,
        const struct gs_image *image)
{
    struct gs_haru *haru = gs_haru_cast(base);

    if (!gs_haru_can_draw(haru) || rect.width <= 0 || rect.height <= 0) {
        return;
    }
    gs_haru_end_text(haru);
    struct gs_writer_image *entry = gs_writer_image(haru->images, image);
    if (entry->embedded == NULL) {
        entry->embedded = load_image(haru, image);
    }
    if (entry->embedded == NULL || haru->base.failed) {
        return;
    }
    HPDF_Page_DrawImage(haru->page, entry->embedded, gs_haru_pt(rect.x),
            gs_haru_y(haru, rect.y + rect.height), gs_haru_pt(rect.width),
            gs_haru_pt(rect.height));
}
