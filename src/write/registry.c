/*
 * The writers there are; for each format the first that can make it is its
 * default.
 */
#include <string.h>

#include "write/base.h"

static const struct gs_writer_ops *const writers[] = {
        &gs_pdf_ops,
        &gs_cairo_ops,
        &gs_haru_ops,
};

bool gs_pdf_standard_find(const char *name, enum gs_pdf_standard *out)
{
    static const char *const names[] = {
            [GS_PDF_A_2A] = "a-2a",
            [GS_PDF_A_2U] = "a-2u",
            [GS_PDF_A_2B] = "a-2b",
            [GS_PDF_A_1B] = "a-1b",
            [GS_PDF_A_3A] = "a-3a",
            [GS_PDF_NONE] = "none",
    };

    for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
        if (strcmp(name, names[i]) == 0) {
            *out = (enum gs_pdf_standard)i;
            return true;
        }
    }
    return false;
}

static bool is_password(const char *text)
{
    const size_t size = strlen(text);
    for (size_t i = 0; i < size; i++) {
        if (text[i] < ' ' || text[i] > '~') {
            return false;
        }
    }
    return size >= 1 && size <= GS_PASSWORD_MAX;
}

bool gs_protection_is_sound(const struct gs_protection *protection)
{
    if (protection->password == NULL) {
        return protection->owner == NULL;
    }
    return is_password(protection->password) &&
            (protection->owner == NULL ||
                    (is_password(protection->owner) &&
                            strcmp(protection->owner, protection->password) !=
                                    0));
}

const struct gs_writer_ops *gs_writer_find(
        const char *name, enum gs_file_format format)
{
    for (size_t i = 0; i < G_N_ELEMENTS(writers); i++) {
        if (writers[i]->formats[format] &&
                (name == NULL || strcmp(writers[i]->name, name) == 0)) {
            return writers[i];
        }
    }
    return NULL;
}
