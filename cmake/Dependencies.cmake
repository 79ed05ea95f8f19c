# The libraries Gongshi stands on, as one target: gongshi::dependencies.

find_package(PkgConfig REQUIRED)
pkg_check_modules(GONGSHI_DEPS REQUIRED IMPORTED_TARGET
    libxml-2.0>=2.9 glib-2.0>=2.66 harfbuzz>=5 freetype2 fontconfig
    pango>=1.50 pangocairo pangoft2 cairo>=1.16 libpng libturbojpeg
    libdeflate>=1.14)

# Makes the colour profile, at build time only.
pkg_check_modules(LCMS2 REQUIRED IMPORTED_TARGET lcms2)

# libharu comes without a pkg-config file in Debian.
find_path(HPDF_INCLUDE_DIR hpdf.h REQUIRED)
find_library(HPDF_LIBRARY hpdf REQUIRED)
mark_as_advanced(HPDF_INCLUDE_DIR HPDF_LIBRARY)

add_library(gongshi_dependencies INTERFACE)
add_library(gongshi::dependencies ALIAS gongshi_dependencies)
target_include_directories(gongshi_dependencies SYSTEM INTERFACE ${HPDF_INCLUDE_DIR})
target_link_libraries(gongshi_dependencies INTERFACE
    PkgConfig::GONGSHI_DEPS ${HPDF_LIBRARY} m)
# The .pc files name many libraries that we never call, and loading one costs.
target_link_options(gongshi_dependencies INTERFACE LINKER:--as-needed)
