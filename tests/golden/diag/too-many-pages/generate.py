# 20 001 sections, each on a page of its own.
with open("data.xml", "w") as f:
    f.write("<?gongshi-layout layout.xml?>\n<unit>" + "<r/>" * 20_001 + "</unit>\n")
