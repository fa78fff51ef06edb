"""Virtuoso (Debian's virtuoso-opensource-7-bin) as the benchmark drives it: a server of our own on loopback ports with a
configuration for the memory there is, loaded by one loader for each core and asked over HTTP."""

import http.client
import os
import re
import shutil
import socket
import subprocess
import time
import urllib.parse

from harness import machine, process

GRAPH = "http://example.org/bench"
SERVER = "virtuoso-t"
CLIENT = "isql-vt"
# From the comments in the configuration that Virtuoso comes with: buffers and dirty buffers for so many GiB.
BUFFERS = [(2, 170000, 130000), (4, 340000, 250000), (8, 680000, 500000), (16, 1360000, 1000000), (32, 2720000, 2000000)]
LOADED_PARTS_PER_LOADER = 2

CONFIGURATION = """
[Database]
DatabaseFile = {folder}/virtuoso.db
ErrorLogFile = {folder}/virtuoso.log
LockFile = {folder}/virtuoso.lck
TransactionFile = {folder}/virtuoso.trx
xa_persistent_file = {folder}/virtuoso.pxa
ErrorLogLevel = 7
FileExtend = 200
MaxCheckpointRemap = 2000
Striping = 0
TempStorage = TempDatabase

[TempDatabase]
DatabaseFile = {folder}/temporary.db
TransactionFile = {folder}/temporary.trx
MaxCheckpointRemap = 2000
Striping = 0

[Parameters]
ServerPort = 127.0.0.1:{sql_port}
ServerThreads = 20
DirsAllowed = {data}
NumberOfBuffers = {buffers}
MaxDirtyBuffers = {dirty}
CheckpointInterval = 0
MaxMemPoolSize = 200000000
ThreadsPerQuery = {cores}
AsyncQueueMaxThreads = 10

[HTTPServer]
ServerPort = 127.0.0.1:{http_port}
ServerRoot = {folder}
ServerThreads = 20

[SPARQL]
ResultSetMaxRows = 100000000
MaxQueryExecutionTime = {timeout}
"""


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def installed():
    return shutil.which(SERVER) is not None and shutil.which(CLIENT) is not None


class Virtuoso:
    def __init__(self, directory, memory_bytes, timeout):
        self.name = "Virtuoso"
        self.directory = directory
        self._memory_bytes = memory_bytes
        self._timeout = timeout
        self._server = None
        self._connection = None
        self._sql_port = self._http_port = 0

    def version(self):
        return "Virtuoso " + process.output(["dpkg-query", "-W", "-f=${Version}", "virtuoso-opensource-7-bin"])

    def load(self, data):
        shutil.rmtree(self.directory, ignore_errors=True)
        os.makedirs(self.directory)
        loaders = machine.cores()
        parts = data.parts(LOADED_PARTS_PER_LOADER * loaders)
        self._start_server(parts)
        try:
            begin = time.perf_counter()
            self._sql(f"ld_dir('{parts}', '*.nt', '{GRAPH}');")
            running = [self._sql_command("rdf_loader_run();") for _ in range(loaders)]
            children = [subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) for command in running]
            if any(child.wait() != 0 for child in children):
                raise process.Failed("a loader of Virtuoso failed")
            self._sql("checkpoint;")
            seconds = time.perf_counter() - begin
            errors = self._sql("SELECT COUNT(*) FROM DB.DBA.LOAD_LIST WHERE ll_error IS NOT NULL OR ll_state <> 2;")
            if not re.search(r"^\s*0\s*$", errors, re.MULTILINE):
                raise process.Failed("Virtuoso did not load all files")
            peak = process.peak_memory(self._server.pid)
        finally:
            self._stop_server()
            data.drop_parts()
        return {"seconds": seconds, "peak_bytes": peak, "disk_bytes": process.disk_bytes(self.directory)}

    def start(self):
        self._start_server(self.directory)
        self._connection = http.client.HTTPConnection("127.0.0.1", self._http_port, timeout=self._timeout + 30)

    def query(self, text):
        body = urllib.parse.urlencode({"query": text, "default-graph-uri": GRAPH, "format": "text/tab-separated-values"})
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "text/tab-separated-values"}
        begin = time.perf_counter()
        try:
            self._connection.request("POST", "/sparql", body, headers)
            response = self._connection.getresponse()
            answer = response.read()
        except (OSError, http.client.HTTPException) as error:
            self._connection.close()
            raise process.Failed(str(error)) from error
        seconds = time.perf_counter() - begin
        if response.status != 200:
            raise process.Failed(answer.decode(errors="replace").split("\n", 1)[0] or f"HTTP status {response.status}")
        return seconds, answer

    def stop(self):
        self._connection.close()
        peak = process.peak_memory(self._server.pid)
        self._stop_server()
        return peak

    def remove(self):
        shutil.rmtree(self.directory, ignore_errors=True)

    def _start_server(self, data):
        self._sql_port, self._http_port = free_port(), free_port()
        budget = self._memory_bytes / (1 << 30)
        _, buffers, dirty = max((row for row in BUFFERS if row[0] <= budget), default=BUFFERS[0])
        path = os.path.join(self.directory, "virtuoso.ini")
        with open(path, "w", encoding="utf-8") as file:
            file.write(CONFIGURATION.format(folder=self.directory, data=data, sql_port=self._sql_port,
                                            http_port=self._http_port, buffers=buffers, dirty=dirty,
                                            cores=machine.cores(), timeout=self._timeout))
        self._server = subprocess.Popen([SERVER, "+foreground", "+configfile", path], cwd=self.directory,
                                        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for _ in range(600):
            if self._server.poll() is not None:
                raise process.Failed("the server of Virtuoso ended: see its log")
            try:
                socket.create_connection(("127.0.0.1", self._http_port), 1).close()
                return
            except OSError:
                time.sleep(0.1)
        raise process.Failed("the server of Virtuoso did not start")

    def _stop_server(self):
        subprocess.run(self._sql_command("shutdown;"), capture_output=True, check=False)
        try:
            self._server.wait(timeout=60)
        except subprocess.TimeoutExpired:
            self._server.kill()
            self._server.wait()

    def _sql_command(self, statement):
        return [CLIENT, f"127.0.0.1:{self._sql_port}", "dba", "dba", "VERBOSE=OFF", "BANNER=OFF", "PROMPT=OFF",
                f"exec={statement}"]

    def _sql(self, statement):
        return process.output(self._sql_command(statement))
