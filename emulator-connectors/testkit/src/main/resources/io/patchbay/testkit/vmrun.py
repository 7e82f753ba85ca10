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

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from stand_in import (STATE, Refusal, alive, arp_answer, await_up, launch, listen, note_call, replace, say_up,
                      trick, version)

ETH_P_ALL = 3
PACKET_OUTGOING = 4


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
    replace(file_of(vm["vmx"]), vm)


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
    vm = existing(vmx)
    window = how(args, "gui", "nogui")
    if vm["state"] in ("on", "paused"):
        raise Refusal("The virtual machine is already running")
    if trick("no-start"):
        raise Refusal("The operation was canceled")
    process = launch(["vmware-vmx", "-IS", os.path.abspath(__file__), "--machine", vmx], file_of(vmx),
                     executable=sys.executable)
    vm.update({"state": "on", "pid": process.pid, "window": window})
    save(vm)
    await_up(process, file_of(vmx), "The virtual machine could not start")
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
        print("\nvmrun version %s build-21581411\n\nUsage: vmrun [AUTHENTICATION-FLAGS] COMMAND [PARAMETERS]"
              % version("1.17.0"))
        sys.exit(255)
    note_call(args)
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
            self.listener = listen(values["serial0.filename"])
        say_up(file_of(self.vmx))
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
            answer = arp_answer(frame, b"\x02\x00\x00\x00\x03\x01")
            if answer:
                ready.send(answer)


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
