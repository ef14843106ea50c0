"""Iceberg for Spark 3.5 out of a Python wheel, which leaves out the copy of Jackson that its classes ask for."""

import pathlib
import struct
import zipfile

import snowpark_connect_deps_iceberg

OLD, NEW = "com/fasterxml/jackson", "org/apache/iceberg/shaded/com/fasterxml/jackson"
# Bytes behind the tag of a constant (Java Virtual Machine Specification, 4.4); those of 5 and 6 take two places.
SIZES = {3: 4, 4: 4, 5: 8, 6: 8, 7: 2, 8: 2, 9: 4, 10: 4, 11: 4, 12: 4, 15: 3, 16: 2, 17: 4, 18: 4, 19: 2, 20: 2}


def relocated(data: bytes) -> bytes:
    """A class file whose names of Jackson's packages are those of the copy."""
    (count,) = struct.unpack_from(">H", data, 8)
    parts, offset, place = [data[:10]], 10, 1
    while place < count:
        tag = data[offset]
        if tag == 1:
            (length,) = struct.unpack_from(">H", data, offset + 1)
            text = data[offset + 3:offset + 3 + length]
            for old, new in ((OLD, NEW), (OLD.replace("/", "."), NEW.replace("/", "."))):
                text = text.replace(old.encode(), new.encode())
            parts.append(struct.pack(">BH", 1, len(text)) + text)
            offset += 3 + length
        else:
            parts.append(data[offset:offset + 1 + SIZES[tag]])
            offset += 1 + SIZES[tag]
        place += 2 if tag in (5, 6) else 1
    return b"".join(parts) + data[offset:]


def jars(spark: pathlib.Path, folder: pathlib.Path) -> list[pathlib.Path]:
    """Iceberg's classes and, of the Jackson in Spark's folder, the copy that they ask for."""
    copy = folder / "jackson.jar"
    with zipfile.ZipFile(copy, "w") as made:
        for name in ("annotations", "core", "databind"):
            (found,) = [path for path in spark.glob(f"jars/jackson-{name}-2*.jar")]
            with zipfile.ZipFile(found) as jar:
                for entry in jar.namelist():
                    if entry.startswith(OLD) and entry.endswith(".class"):
                        made.writestr(entry.replace(OLD, NEW, 1), relocated(jar.read(entry)))
    return [snowpark_connect_deps_iceberg.get_jar_path("iceberg-spark-runtime-3.5_2.12-1.10.2.jar"), copy]
