# How our own sources are compiled, as one target: gongshi::flags.

add_library(gongshi_flags INTERFACE)
add_library(gongshi::flags ALIAS gongshi_flags)

target_include_directories(gongshi_flags INTERFACE
    ${PROJECT_SOURCE_DIR}/src
    ${PROJECT_SOURCE_DIR}/include
    ${PROJECT_BINARY_DIR}/generated)

# POSIX 2008 and XSI (realpath, mkstemp). A source may ask for more before its
# first header.
target_compile_definitions(gongshi_flags INTERFACE _XOPEN_SOURCE=700)

# -ffp-contract=off: a fused multiply-add rounds differently, and a page must
# come out the same on every machine.
target_compile_options(gongshi_flags INTERFACE
    -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wstrict-prototypes
    -Wmissing-prototypes -Wvla -Wwrite-strings -Wformat=2 -Wundef
    -ffp-contract=off
    "SHELL:-include ${PROJECT_SOURCE_DIR}/src/base/banned.h")

# Loops go over the characters of a cell or a line: too short for vectors. With the
# set-up that the compiler makes for them, setting text takes 2 % longer.
target_compile_options(gongshi_flags INTERFACE
    $<$<C_COMPILER_ID:GNU>:-fno-tree-loop-vectorize>
    $<$<C_COMPILER_ID:Clang>:-fno-vectorize>)

# Clang looks into GLib's macros: g_utf8_next_char casts const away. It also
# takes assert(!"reason") for a mistake.
if(CMAKE_C_COMPILER_ID STREQUAL GNU)
    target_compile_options(gongshi_flags INTERFACE -Wcast-qual)
else()
    target_compile_options(gongshi_flags INTERFACE -Wno-string-conversion)
endif()

if(GONGSHI_WERROR)
    target_compile_options(gongshi_flags INTERFACE -Werror)
endif()

# Sanitizers go on everything that is linked, hence not on the target.

if(GONGSHI_FUZZ)
    if(NOT CMAKE_C_COMPILER_ID MATCHES Clang)
        message(FATAL_ERROR "GONGSHI_FUZZ needs Clang; see the preset \"fuzz\"")
    endif()
    add_compile_options(-fsanitize=fuzzer-no-link)
endif()
if(GONGSHI_SANITIZE)
    add_compile_options(-fsanitize=${GONGSHI_SANITIZE} -fno-sanitize-recover=all
        -fno-omit-frame-pointer)
    add_link_options(-fsanitize=${GONGSHI_SANITIZE})
    if(CMAKE_C_COMPILER_ID STREQUAL GNU)
        # The checks that GCC adds confuse this warning.
        add_compile_options(-Wno-maybe-uninitialized)
    endif()
endif()
