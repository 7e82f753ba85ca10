"""What scripts share that stand in for programs; they find it beside themselves.

They are called hundreds of times, so what few of them need is imported where it is needed.
"""
import json
import os
import time

HOME = os.path.dirname(os.path.abspath(__file__))
STATE = os.path.join(HOME, "state")
ADDRESS = bytes([10, 77, 0, 1])


class Refusal(Exception):
    pass


def trick(name):
    """Whether the test wants something out of the ordinary, by a file of this name."""
    return os.path.exists(os.path.join(HOME, name))


def version(usual):
    """What the test wants it to be, or the usual one."""
    if not trick("version"):
        return usual
    with open(os.path.join(HOME, "version"), encoding="utf-8") as file:
        return file.read()


def note_call(args):
    with open(os.path.join(HOME, "calls.log"), "a", encoding="utf-8") as log:
        log.write(json.dumps(args) + "\n")


def replace(path, content):
    """Whoever reads the file meanwhile sees all of the old content or all of the new one."""
    with open(path + ".new", "w", encoding="utf-8") as file:
        json.dump(content, file)
    os.rename(path + ".new", path)


def alive(pid):
    try:
        with open("/proc/%d/stat" % pid, encoding="utf-8") as file:
            return file.read().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


def launch(command, path, executable=None):
    """Starts the process of a machine, which says with a file beside the one at the path that it is up."""
    import subprocess
    if os.path.exists(path + ".up"):
        os.remove(path + ".up")
    with open(os.devnull, "r+b") as null, open(os.path.join(HOME, "machine.log"), "ab") as log:
        return subprocess.Popen(command, executable=executable, stdin=null, stdout=null, stderr=log,
                                start_new_session=True)


def say_up(path):
    with open(path + ".up", "w", encoding="utf-8"):
        pass


def await_up(process, path, failure):
    deadline = time.monotonic() + 20
    while not os.path.exists(path + ".up") and time.monotonic() < deadline:
        if process.poll() is not None:
            raise Refusal(failure)
        time.sleep(0.01)


def listen(path):
    import socket
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    listener.bind(path)
    listener.listen(1)
    return listener


def arp_answer(frame, mac, address=ADDRESS):
    """What a host says that is asked for its address; empty if the frame asks for something else."""
    if frame[12:14] != b"\x08\x06" or frame[20:22] != b"\x00\x01" or frame[38:42] != address:
        return b""
    return frame[6:12] + mac + frame[12:20] + b"\x00\x02" + mac + address + frame[22:32]
