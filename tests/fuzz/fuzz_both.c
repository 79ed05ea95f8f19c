/*
 * Fuzz: data and layout together, with a marker between them.
 */
#include <string.h>

#include "fuzz/render.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char marker[] = "\n%%%%\n";

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const size_t marker_size = sizeof marker - 1;
    const char *bytes = (const char *)data;
    size_t at = 0;
    while (at + marker_size <= size &&
            memcmp(bytes + at, marker, marker_size) != 0) {
        at++;
    }
    if (at + marker_size <= size && size <= FUZZ_SIZE_MAX) {
        size_t layout = at + marker_size;
        fuzz_render(bytes, at, bytes + layout, size - layout);
    }
    return 0;
}
