# SPDX-License-Identifier: LGPL-2.1-or-later
"""A service that is elsewhere: it takes a time for each picture, and nothing of
this machine but the reading of what comes.

    distant.py ANSWER MS

kakaoocr-server decodes what it gets, whatever it answers: 40 pictures a second
take more than a core of it, which a pipeline beside it has to wait for. Ends with
its stdin, as that one does."""
import os
import socket
import sys
import threading
import time


def read_request(file):
    """Whether there was one."""
    length = 0
    for line in iter(file.readline, b''):
        name, _, value = line.partition(b':')
        if name.lower() == b'content-length':
            length = int(value)
        if line == b'\r\n':
            return len(file.read(length)) == length
    return False


def serve(connection, answer, seconds):
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    with connection, connection.makefile('rb') as file:
        while read_request(file):
            time.sleep(seconds)
            connection.sendall(answer)


def end_with_stdin():
    sys.stdin.read()
    os._exit(0)


def main():
    body = sys.argv[1].encode()
    answer = b'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s' % (len(body), body)
    listener = socket.create_server(('127.0.0.1', 0))
    print(f'http://127.0.0.1:{listener.getsockname()[1]}/ai/OCR/bench', flush=True)
    threading.Thread(target=end_with_stdin, daemon=True).start()
    while True:
        connection, _ = listener.accept()
        threading.Thread(target=serve, args=(connection, answer, float(sys.argv[2]) / 1000), daemon=True).start()


if __name__ == '__main__':
    main()
