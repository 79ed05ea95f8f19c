/*
 * Makes the sRGB profile that PDF files carry as their output intent, as a C
 * array, compressed: a program of the build, so that no profile under somebody's
 * licence is shipped.
 *
 *     make_srgb OUT.h
 *
 * Version 2.1, because PDF/A-1 takes no later one (ISO 19005-1, 6.2.2); the time
 * of creation is fixed, so that two builds agree.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <lcms2.h>
#include <libdeflate.h>

#define LEVEL 12

/*
 * The curve of IEC 61966-2-1 (lcms2's type 4) at so many points: between them it
 * is off by less than half a step of eight bits, and 4096 points, as lcms2 would
 * take, are 8 kB that do not compress.
 */
#define CURVE_POINTS 256
static const double curve[] = {
        2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045};

/* Year to second, 16 bits each (ICC.1:2001-04, 5.3.1): the first of 2000. */
static const unsigned char creation[12] = {0x07, 0xD0, 0, 1, 0, 1};
#define CREATION_OFFSET 24

static cmsToneCurve *make_curve(void)
{
    cmsToneCurve *exact = cmsBuildParametricToneCurve(NULL, 4, curve);
    cmsUInt16Number points[CURVE_POINTS];

    for (unsigned i = 0; i < CURVE_POINTS; i++) {
        cmsFloat32Number x = (cmsFloat32Number)i / (CURVE_POINTS - 1);
        points[i] = (cmsUInt16Number)(cmsEvalToneCurveFloat(exact, x) * 65535 +
                0.5F);
    }
    cmsFreeToneCurve(exact);
    return cmsBuildTabulatedToneCurve16(NULL, CURVE_POINTS, points);
}

static cmsHPROFILE make_srgb(void)
{
    const cmsCIExyY white = {0.3127, 0.3290, 1.0};
    const cmsCIExyYTRIPLE primaries = {{0.6400, 0.3300, 1.0},
            {0.3000, 0.6000, 1.0}, {0.1500, 0.0600, 1.0}};
    cmsToneCurve *one = make_curve();
    cmsToneCurve *const curves[] = {one, one, one};
    cmsHPROFILE profile = cmsCreateRGBProfile(&white, &primaries, curves);

    cmsFreeToneCurve(one);
    return profile;
}

static unsigned char *make_profile(cmsUInt32Number *size)
{
    cmsHPROFILE profile = make_srgb();
    unsigned char *bytes = NULL;

    *size = 0;
    if (profile == NULL) {
        return NULL;
    }
    cmsSetProfileVersion(profile, 2.1);
    if (cmsSaveProfileToMem(profile, NULL, size) &&
            (bytes = malloc(*size)) != NULL &&
            cmsSaveProfileToMem(profile, bytes, size)) {
        memcpy(bytes + CREATION_OFFSET, creation, sizeof creation);
    }
    cmsCloseProfile(profile);
    return bytes;
}

static int write_array(FILE *out, const unsigned char *bytes, size_t size)
{
    fputs("static const unsigned char srgb_profile[] = {", out);
    for (size_t i = 0; i < size; i++) {
        fprintf(out, "%s%u,", i % 16 == 0 ? "\n    " : " ", bytes[i]);
    }
    fputs("\n};\n", out);
    return ferror(out) == 0 && fclose(out) == 0 ? 0 : 1;
}

int main(int argc, char **argv)
{
    cmsUInt32Number size;
    unsigned char *profile = make_profile(&size);
    struct libdeflate_compressor *compressor =
            libdeflate_alloc_compressor(LEVEL);
    FILE *out = argc == 2 ? fopen(argv[1], "w") : NULL;

    if (profile == NULL || compressor == NULL || out == NULL) {
        fputs("make_srgb: cannot make the profile\n", stderr);
        return 1;
    }
    size_t bound = libdeflate_zlib_compress_bound(compressor, size);
    unsigned char *deflated = malloc(bound);
    if (deflated == NULL) {
        return 1;
    }
    size_t deflated_size = libdeflate_zlib_compress(
            compressor, profile, size, deflated, bound);
    int status = write_array(out, deflated, deflated_size);
    free(deflated);
    free(profile);
    libdeflate_free_compressor(compressor);
    return status;
}
