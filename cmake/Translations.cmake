# Messages: po/<language>.po becomes share/gongshi/locale/<language>/LC_MESSAGES/
# gongshi.mo; the target `pot` collects the strings of src/ into po/gongshi.pot.

find_program(MSGFMT msgfmt REQUIRED)
find_program(XGETTEXT xgettext)
mark_as_advanced(MSGFMT XGETTEXT)

file(GLOB po_files CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/po/*.po)
set(mo_files)
foreach(po IN LISTS po_files)
    cmake_path(GET po STEM language)
    set(mo_dir ${build_data_dir}/locale/${language}/LC_MESSAGES)
    set(mo ${mo_dir}/gongshi.mo)
    file(MAKE_DIRECTORY ${mo_dir})
    add_custom_command(OUTPUT ${mo}
        COMMAND ${MSGFMT} --check --output-file=${mo} ${po}
        DEPENDS ${po}
        COMMENT "Compiling messages: ${language}"
        VERBATIM)
    install(FILES ${mo}
        DESTINATION ${CMAKE_INSTALL_DATADIR}/gongshi/locale/${language}/LC_MESSAGES)
    list(APPEND mo_files ${mo})
endforeach()
add_custom_target(translations ALL DEPENDS ${mo_files})

if(XGETTEXT AND core_sources)
    set(pot_sources ${core_sources} ${cli_sources}
        ${PROJECT_SOURCE_DIR}/src/base/diag-list.h)
    list(TRANSFORM pot_sources REPLACE "^${PROJECT_SOURCE_DIR}/" "")
    add_custom_target(pot
        COMMAND ${XGETTEXT} --keyword=_ --keyword=N_ --from-code=UTF-8
            --add-comments=TRANSLATORS: --add-location=file
            --package-name=gongshi --package-version=${PROJECT_VERSION}
            --output=po/gongshi.pot ${pot_sources}
        WORKING_DIRECTORY ${PROJECT_SOURCE_DIR}
        COMMENT "Collecting messages into po/gongshi.pot"
        VERBATIM)
endif()
