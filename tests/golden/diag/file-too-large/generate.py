# A sparse file of more than 512 MiB.
with open("data.xml", "wb") as f:
    f.truncate((512 << 20) + 1)
