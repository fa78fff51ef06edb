"""Jena TDB2 (Debian's libapache-jena-java) as the benchmark drives it: its parallel loader, then TimedQueries.java, which
answers queries from a pipe with tab-separated values as Dossier's shell does."""

import glob
import os
import re
import shutil
import zipfile

from harness import process

JARS = "/usr/share/java"
# The libraries that Jena's classes name, by the beginning of their files' names. No log, as the loader's goes to the terminal.
LIBRARIES = ("jena-", "commons-cli", "commons-codec", "commons-compress", "commons-csv", "commons-io", "commons-lang3", "dexx",
             "gson", "guava", "failureaccess", "httpclient", "httpcore", "jackson-", "jsonld-java", "jsonp", "jakarta.json",
             "protobuf", "slf4j-api", "slf4j-nop", "libthrift", "thrift", "titanium", "commons-logging")
VERSIONED = re.compile(r"-[0-9][0-9.]*(?:-alpha)?\.jar$")
# Debian moved the packages of Xerces that Jena brings along, but not the texts that they read.
MOVED_FROM, MOVED_TO = "org/apache/jena/ext/xerces/impl/", "xerces/impl/"
CLIENT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "TimedQueries.java")


def installed():
    return os.path.exists(os.path.join(JARS, "jena-tdb2.jar")) and shutil.which("javac") is not None


class Jena:
    def __init__(self, directory, memory_bytes, timeout):
        self.name = "Jena TDB2"
        self.directory = directory
        self._heap = f"-Xmx{memory_bytes >> 20}m"
        self._timeout = timeout
        self._client = None

    def version(self):
        return "Jena " + process.output(["dpkg-query", "-W", "-f=${Version}", "libapache-jena-java"])

    def load(self, data):
        shutil.rmtree(self.directory, ignore_errors=True)
        os.makedirs(self.directory)
        used = process.run(self._java("tdb2.tdbloader", "--loader=parallel", f"--loc={self.directory}/store", data.path))
        return {"seconds": used["seconds"], "peak_bytes": used["peak_bytes"],
                "disk_bytes": process.disk_bytes(os.path.join(self.directory, "store"))}

    def start(self):
        classes = self._classes()
        process.run(["javac", "-cp", self._class_path(), "-d", classes, CLIENT])
        self._client = process.Conversation(
            self._java("TimedQueries", os.path.join(self.directory, "store"), str(self._timeout)), end=b"end")
        self._client.ask(b"")

    def query(self, text):
        return self._client.ask(text.encode())

    def stop(self):
        return self._client.close()

    def remove(self):
        shutil.rmtree(self.directory, ignore_errors=True)

    def _java(self, main, *arguments):
        # Its property paths are walked by recursion.
        return ["java", self._heap, "-Xss512m", "-cp", self._class_path(), main, *arguments]

    def _class_path(self):
        jars = [path for path in sorted(glob.glob(os.path.join(JARS, "*.jar")))
                if os.path.basename(path).startswith(LIBRARIES) and not VERSIONED.search(path)]
        return ":".join([self._classes()] + jars)

    def _classes(self):
        """Our own classes, and Xerces' texts where its classes look for them."""
        folder = os.path.join(self.directory, "classes")
        if not os.path.isdir(folder):
            os.makedirs(folder)
            with zipfile.ZipFile(os.path.join(JARS, "jena-core.jar")) as jar:
                for name in jar.namelist():
                    if name.startswith(MOVED_FROM) and name.endswith(".properties"):
                        path = os.path.join(folder, MOVED_TO + name[len(MOVED_FROM):])
                        os.makedirs(os.path.dirname(path), exist_ok=True)
                        with open(path, "wb") as file:
                            file.write(jar.read(name))
        return folder
