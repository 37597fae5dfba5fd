"""Runs a command in a pseudo terminal: pseudo_terminal.py COLUMNS ROWS COMMAND...

Its output is written to stdout. Each line of stdin is a request: `resize COLUMNS ROWS`, or `type`
with the bytes to type in hexadecimal. Exits with the status of the command.
"""

import fcntl
import os
import pty
import select
import struct
import sys
import termios


def resize(terminal, columns, rows):
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", int(rows), int(columns), 0, 0))


def request(terminal, line):
    name, *words = line.split()
    if name == "resize":
        resize(terminal, *words)
    else:
        os.write(terminal, bytes.fromhex(words[0]))


def serve(terminal):
    inputs = [terminal, 0]
    while True:
        ready, _, _ = select.select(inputs, [], [])
        if 0 in ready:
            lines = os.read(0, 65536).decode()
            if not lines:
                inputs.remove(0)
            for line in lines.splitlines():
                request(terminal, line)
        if terminal in ready:
            try:
                output = os.read(terminal, 65536)
            except OSError:
                return
            if not output:
                return
            os.write(1, output)


columns, rows, *command = sys.argv[1:]
child, terminal = pty.fork()
if child == 0:
    resize(0, columns, rows)
    os.execvp(command[0], command)
serve(terminal)
sys.exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
