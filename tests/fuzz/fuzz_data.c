/*
 * Fuzz: any bytes as data, under a layout that uses most of the language.
 */
#include <string.h>

#include "fuzz/render.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char layout[] =
        "<layout xmlns='urn:gongshi:layout:1' name='fuzz'>"
        "<metadata title='{?name}'/>"
        "<format name='yuan' kind='amount' decimals='2' thousands='yes'"
        " divide='10000' zero='dash'/>"
        "<page name='a5' size='148mm 210mm' margin='15mm'>"
        "<footer><p align='center'>第<page-number/>页 共<page-count/>页</p>"
        "</footer></page>"
        "<body><h1 id='top'>{?name}</h1><toc levels='2'/>"
        "<line><left>{?unit}</left><right>单位：万元</right></line>"
        "<table columns='20mm 1* 1* auto'>"
        "<head repeat='all'><row><th>一级</th><th>二级</th><th>指标</th>"
        "<th>值</th></row></head>"
        "<group each='level1'><th stack='yes'>{?@name}</th>"
        "<group each='level2' least='1'><td>{?@name}</td>"
        "<row each='level3' least='1'><td>{?name}</td>"
        "<td><value select='value' format='yuan'/></td></row></group></group>"
        "<group each='record' by='@kind'><td>{?@kind}</td>"
        "<row each='current-group()'><td colspan='2'>{?.}</td>"
        "<td merge='equal'>{?@unit}</td></row></group></table>"
        "<h2 each='part'>{position()}、{?@title}</h2>"
        "<p each='part/text' align='justify' indent='2em'>{.}</p>"
        "<p><seal organ='{?name}' specimen='yes'>（公章）</seal></p>"
        "<image each='picture' src='{@src}' width='20mm'/>"
        "<p each='date'><value select='.' format='date'/></p>"
        "<p each='sum'><value select='.' format='capital'/></p>"
        "</body></layout>";

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size <= FUZZ_SIZE_MAX) {
        fuzz_render((const char *)data, size, layout, strlen(layout));
    }
    return 0;
}
