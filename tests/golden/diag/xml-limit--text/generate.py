# A text node of 200 MB.
with open("data.xml", "w") as f:
    f.write("<?gongshi-layout layout.xml?>\n<unit><name>")
    for _ in range(200):
        f.write("x" * 1_000_000)
    f.write("</name></unit>\n")
