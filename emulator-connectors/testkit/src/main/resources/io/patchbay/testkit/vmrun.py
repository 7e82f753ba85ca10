#!/usr/bin/python3 -IS
"""Stands in for vmrun.

Commands, options and answers are those of the guide "Using vmrun to Control Virtual Machines".
Anything else is refused. Machines are .vmx files; what they do is kept in the directory "state"
beside this script. One that runs is a process called vmware-vmx, which speaks Ethernet at the other
ends of virtual cables: those of vmnetN are called pbvmnetN. What few commands need is imported there.
"""
import hashlib
import json
import os
import signal
import sys
import time

HOME = os.path.dirname(os.path.abspath(__file__))
STATE = os.path.join(HOME, "state")
ADDRESS = bytes([10, 77, 0, 1])
ETH_P_ALL = 3
PACKET_OUTGOING = 4


class Refusal(Exception):
    pass


def trick(name):
    """Whether the test wants something out of the ordinary, by a file of this name."""
    return os.path.exists(os.path.join(HOME, name))


def file_of(vmx):
    return os.path.join(STATE, hashlib.sha1(vmx.encode()).hexdigest() + ".json")


def load(vmx):
    vm = {"vmx": vmx, "state": "off", "pid": 0, "snapshots": []}
    if os.path.exists(file_of(vmx)):
        with open(file_of(vmx), encoding="utf-8") as file:
            vm = json.load(file)
    if vm["state"] in ("on", "paused") and not alive(vm["pid"]):
        vm["state"] = "off"
    return vm


def save(vm):
    fresh = file_of(vm["vmx"]) + ".new"
    with open(fresh, "w", encoding="utf-8") as file:
        json.dump(vm, file)
    os.rename(fresh, file_of(vm["vmx"]))


def alive(pid):
    try:
        with open("/proc/%d/stat" % pid, encoding="utf-8") as file:
            return file.read().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


def settings(vmx):
    values = {}
    with open(vmx, encoding="utf-8") as file:
        for line in file:
            name, equals, value = line.partition("=")
            if equals and not line.startswith("#"):
                values[name.strip().lower()] = value.strip().strip('"')
    return values


def existing(vmx):
    if not os.path.isabs(vmx) or not os.path.isfile(vmx):
        raise Refusal("Cannot open VM: %s, The virtual machine cannot be found" % vmx)
    return load(vmx)


def running(vmx, *states):
    vm = existing(vmx)
    if vm["state"] not in (states or ("on",)):
        raise Refusal("The virtual machine is not powered on: %s" % vmx)
    return vm


def how(args, *words):
    if len(args) > 1 or args and args[0] not in words:
        raise Refusal("Invalid argument")
    return args[0] if args else ""


def list_command(args):
    if args:
        raise Refusal("Invalid argument")
    if trick("garbage"):
        print("the quick brown fox")
        return
    on = [vm["vmx"] for vm in (load(json.load(open(os.path.join(STATE, name), encoding="utf-8"))["vmx"])
                               for name in sorted(os.listdir(STATE)) if name.endswith(".json"))
          if vm["state"] in ("on", "paused")]
    print("Total running VMs: %d" % len(on))
    for vmx in on:
        print(vmx)


def start(vmx, args):
    import subprocess
    vm = existing(vmx)
    window = how(args, "gui", "nogui")
    if vm["state"] in ("on", "paused"):
        raise Refusal("The virtual machine is already running")
    if trick("no-start"):
        raise Refusal("The operation was canceled")
    up = file_of(vmx) + ".up"
    if os.path.exists(up):
        os.remove(up)
    with open(os.devnull, "r+b") as null:
        process = subprocess.Popen(
            ["vmware-vmx", "-IS", os.path.abspath(__file__), "--machine", vmx], executable=sys.executable,
            stdin=null, stdout=null, stderr=open(os.path.join(HOME, "machine.log"), "ab"),
            start_new_session=True)
    vm.update({"state": "on", "pid": process.pid, "window": window})
    save(vm)
    deadline = time.monotonic() + 20
    while not os.path.exists(up) and time.monotonic() < deadline:
        if process.poll() is not None:
            raise Refusal("The virtual machine could not start")
        time.sleep(0.01)
    with open(vmx, "a", encoding="utf-8") as file:
        file.write('ethernet0.generatedAddress = "00:0c:29:00:00:01"\n')


def end(vm, state):
    os.kill(vm["pid"], signal.SIGTERM)
    while alive(vm["pid"]):
        time.sleep(0.01)
    vm["state"] = state
    save(vm)


def stop(vmx, args):
    vm = running(vmx, "on", "paused")
    if how(args, "hard", "soft") == "soft":
        if vm["state"] == "paused":
            raise Refusal("The virtual machine is paused")
        if trick("deaf"):
            raise Refusal("The VMware Tools are not running in the virtual machine: %s" % vmx)
    end(vm, "off")


def suspend(vmx, args):
    how(args, "hard", "soft")
    end(running(vmx), "suspended")


def stand_still(vmx, args, before, after):
    how(args)
    if HOST != "ws":
        raise Refusal("The command is not supported by this product")
    vm = running(vmx, before)
    vm["state"] = after
    save(vm)


def reset(vmx, args):
    how(args, "hard", "soft")
    os.kill(running(vmx)["pid"], signal.SIGUSR2)


def snapshot(vmx, args):
    vm = existing(vmx)
    name, = args
    vm["snapshots"].append(name)
    save(vm)


def list_snapshots(vmx, args):
    how(args)
    vm = existing(vmx)
    print("Total snapshots: %d" % len(vm["snapshots"]))
    for name in vm["snapshots"]:
        print(name)


def clone(vmx, args):
    import shutil
    vm = existing(vmx)
    destination, kind, options = args[0], args[1], dict(arg.split("=", 1) for arg in args[2:])
    if kind != "linked" or set(options) != {"-snapshot", "-cloneName"}:
        raise Refusal("only linked clones are made here")
    if options["-snapshot"] not in vm["snapshots"]:
        raise Refusal("The snapshot does not exist")
    if os.path.exists(destination):
        raise Refusal("The file already exists")
    shutil.copy(vmx, destination)
    with open(destination, "a", encoding="utf-8") as file:
        file.write('displayName = "%s"\n' % options["-cloneName"])


COMMANDS = {"start": start, "stop": stop, "suspend": suspend, "reset": reset, "snapshot": snapshot,
            "listSnapshots": list_snapshots, "clone": clone,
            "pause": lambda vmx, args: stand_still(vmx, args, "on", "paused"),
            "unpause": lambda vmx, args: stand_still(vmx, args, "paused", "on")}


def command(args):
    global HOST
    if trick("hang"):
        time.sleep(600)
    if not args:
        version = "1.17.0"
        if os.path.exists(os.path.join(HOME, "version")):
            with open(os.path.join(HOME, "version"), encoding="utf-8") as file:
                version = file.read()
        print("\nvmrun version %s build-21581411\n\nUsage: vmrun [AUTHENTICATION-FLAGS] COMMAND [PARAMETERS]"
              % version)
        sys.exit(255)
    with open(os.path.join(HOME, "calls.log"), "a", encoding="utf-8") as log:
        log.write(json.dumps(args) + "\n")
    if args[0] != "-T" or args[1] not in ("ws", "player", "fusion"):
        raise Refusal("Invalid host type")
    HOST = args[1]
    if trick("player") and HOST == "ws":
        raise Refusal("Unable to connect to host. VIX_SERVICEPROVIDER_VMWARE_WORKSTATION")
    if args[2] == "list":
        list_command(args[3:])
    elif args[2] in COMMANDS and len(args) > 3:
        COMMANDS[args[2]](args[3], args[4:])
    else:
        raise Refusal("Unrecognized command: %s" % args[2])


class Machine:
    def __init__(self, vmx):
        self.vmx = vmx
        self.clients = []
        self.listener = None
        self.cards = []
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
        signal.signal(signal.SIGUSR2, lambda *_: None)

    def run(self):
        import select, socket
        values = settings(self.vmx)
        for number in range(10):
            card = {name: values.get("ethernet%d.%s" % (number, name), "")
                    for name in ("present", "startconnected", "connectiontype", "vnet")}
            if card["present"] == "TRUE" and card["startconnected"] != "FALSE" and card["connectiontype"] == "custom":
                end = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(ETH_P_ALL))
                end.bind(("pb" + os.path.basename(card["vnet"]), ETH_P_ALL))
                self.cards.append(end)
        if values.get("serial0.present") == "TRUE" and values["serial0.filetype"] == "pipe":
            if values["serial0.pipe.endpoint"] != "server":
                sys.exit("not a server")
            self.listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            self.listener.bind(values["serial0.filename"])
            self.listener.listen(1)
        with open(file_of(self.vmx) + ".up", "w", encoding="utf-8"):
            pass
        while True:
            wait = self.cards + self.clients + ([self.listener] if self.listener else [])
            for ready in select.select(wait, [], [])[0]:
                self.serve(ready)

    def serve(self, ready):
        if ready is self.listener:
            self.clients = [self.listener.accept()[0]]
            self.clients[0].send(b"login: ")
        elif ready in self.clients:
            try:
                typed = ready.recv(1000)
            except OSError:
                typed = b""
            if typed:
                ready.send(b"you said " + typed.upper())
            else:
                self.clients.remove(ready)
        elif ready in self.cards:
            try:
                frame, where = ready.recvfrom(65536)
            except OSError:
                # The network is gone; a machine goes on without.
                self.cards.remove(ready)
                return
            if where[2] == PACKET_OUTGOING or load(self.vmx)["state"] == "paused":
                return
            if frame[12:14] == b"\x08\x06" and frame[20:22] == b"\x00\x01" and frame[38:42] == ADDRESS:
                mac = b"\x02\x00\x00\x00\x03\x01"
                ready.send(frame[6:12] + mac + frame[12:20] + b"\x00\x02" + mac + ADDRESS + frame[22:32])


def main():
    os.makedirs(STATE, exist_ok=True)
    args = sys.argv[1:]
    if args[:1] == ["--machine"]:
        Machine(args[1]).run()
    try:
        command(args)
    except Refusal as refusal:
        print("Error: %s" % refusal)
        sys.exit(255)


if __name__ == "__main__":
    main()
