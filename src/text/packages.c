/*
 * Packages, by blocks of Unicode.
 */
#include "text/packages.h"

#include <stddef.h>

#include <glib.h>

static const struct {
    uint32_t first, last;
    const char *package;
} blocks[] = {
        {0x000A0, 0x0058F, "fonts-dejavu-core"}, /* Latin, Greek, Cyrillic */
        {0x01100, 0x011FF, "fonts-noto-cjk"},
        {0x01E00, 0x01FFF, "fonts-dejavu-core"},
        {0x02000, 0x02BFF, "fonts-symbola"}, /* marks, signs, arrows, shapes */
        {0x02E80, 0x031FF, "fonts-noto-cjk"},
        {0x03200, 0x04DBF, "fonts-noto-cjk"}, /* Extension A among them */
        {0x04DC0, 0x04DFF, "fonts-dejavu-core"},
        {0x04E00, 0x09FFF, "fonts-noto-cjk"},
        {0x0A960, 0x0A97F, "fonts-noto-cjk"},
        {0x0AC00, 0x0D7FF, "fonts-noto-cjk"},
        {0x0F900, 0x0FAFF, "fonts-hanazono"}, /* compatibility ideographs */
        {0x0FE10, 0x0FE6F, "fonts-noto-cjk"},
        {0x0FF00, 0x0FFEF, "fonts-noto-cjk"},
        {0x1D000, 0x1D7FF, "fonts-symbola"},
        {0x1F000, 0x1F8FF, "fonts-symbola"},
        {0x20000, 0x2EBEF, "fonts-hanazono"}, /* Extensions B to F */
        {0x2F800, 0x2FA1F, "fonts-hanazono"},
        {0x30000, 0x3134F, "fonts-babelstone-han"}, /* G, in part */
};

const char *gs_package_with(uint32_t code)
{
    for (size_t i = 0; i < G_N_ELEMENTS(blocks); i++) {
        if (code >= blocks[i].first && code <= blocks[i].last) {
            return blocks[i].package;
        }
    }
    return NULL;
}

bool gs_code_is_private(uint32_t code)
{
    return (code >= 0xE000 && code <= 0xF8FF) || code >= 0xF0000;
}
