"""Machines of the stand-in for VBoxManage that are on: processes, and what they are told."""
import os
import re
import signal
import sys
import time

from stand_in import Refusal, alive, arp_answer, await_up, launch, listen, say_up, trick
from vbox_machines import find, load, modify_nic, nic, path, save, take


def startvm(args):
    vm = find(take(args, 1, "startvm")[0])
    kind = "gui"
    if args:
        if args[0] != "--type" or args[1:] not in (["headless"], ["gui"], ["separate"]):
            raise Refusal("Invalid parameter")
        kind = args[1]
    if vm["state"] in ("running", "paused"):
        raise Refusal("The machine '%s' is already locked by a session" % vm["name"])
    if trick("no-start"):
        raise Refusal("The virtual machine '%s' has terminated unexpectedly during startup" % vm["name"])
    process = launch([sys.executable, "-IS", os.path.abspath(sys.argv[0]), "--comment", vm["name"], "--startvm",
                      vm["uuid"], "--vrde", "config"], path(vm["uuid"]))
    vm["pid"] = process.pid
    vm["state"] = "running"
    vm["frontend"] = kind
    save(vm)
    await_up(process, path(vm["uuid"]),
             "The virtual machine '%s' has terminated unexpectedly during startup" % vm["name"])
    print('Waiting for VM "%s" to power on...' % vm["name"])
    print('VM "%s" has been successfully started.' % vm["name"])


def controlvm(args):
    vm = find(take(args, 1, "controlvm")[0])
    if vm["state"] not in ("running", "paused"):
        raise Refusal("Machine '%s' is not currently running" % vm["name"])
    what = take(args, 1, "controlvm")[0]
    card = re.fullmatch(r"(nic|nicproperty|setlinkstate)(\d+)", what)
    if card:
        control_nic(vm, card.group(1), int(card.group(2)), args)
        save(vm)
    elif args:
        raise Refusal("Invalid parameter '%s'" % args[0])
    elif what in ("pause", "resume"):
        if vm["state"] != {"pause": "running", "resume": "paused"}[what]:
            raise Refusal("The virtual machine is not in the right state")
        vm["state"] = {"pause": "paused", "resume": "running"}[what]
        save(vm)
    elif what == "reset":
        if vm["state"] != "running":
            raise Refusal("Virtual machine not in Running state")
        os.kill(vm["pid"], signal.SIGUSR2)
    elif what == "poweroff":
        end(vm, "poweroff")
    elif what == "savestate":
        end(vm, "saved")
    elif what == "acpipowerbutton":
        if vm["state"] != "running":
            raise Refusal("Virtual machine not in Running state")
        os.kill(vm["pid"], signal.SIGUSR1)
    else:
        raise Refusal("Invalid parameter '%s'" % what)


def control_nic(vm, what, number, args):
    card = nic(vm, number)
    if what == "setlinkstate":
        state, = take(args, 1, what)
        modify_nic(vm, "cableconnected", number, state)
    elif what == "nicproperty":
        modify_nic(vm, "nicproperty", number, take(args, 1, what)[0])
        vm["changes"] = vm.get("changes", 0) + 1
    else:
        attachment, = take(args, 1, what)
        modify_nic(vm, "nic", number, attachment)
        if attachment == "generic":
            card["driver"], = take(args, 1, what)
        vm["changes"] = vm.get("changes", 0) + 1
    if args:
        raise Refusal("Invalid parameter '%s'" % args[0])


def end(vm, state):
    vm["state"] = state
    save(vm)
    try:
        os.kill(vm["pid"], signal.SIGTERM)
    except ProcessLookupError:
        pass
    while alive(vm["pid"]):
        time.sleep(0.01)


class Machine:
    def __init__(self, vm_id):
        self.vm_id = vm_id
        self.vm = load(vm_id)
        self.changes = None
        self.cards = {}
        self.clients = []
        self.listener = None
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
        signal.signal(signal.SIGUSR1, lambda *_: self.button())
        signal.signal(signal.SIGUSR2, lambda *_: self.say(b"booting\r\n"))

    def button(self):
        if not trick("deaf"):
            vm = load(self.vm_id)
            vm["state"] = "poweroff"
            save(vm)
            sys.exit(0)

    def say(self, text):
        for client in self.clients:
            client.send(text)

    def wire(self):
        import socket
        if self.vm.get("changes", 0) == self.changes:
            return
        self.changes = self.vm.get("changes", 0)
        for card in self.cards.values():
            card.close()
        self.cards = {}
        for number, card in self.vm["nics"].items():
            ports = card["properties"]
            if card["attachment"] == "generic" and {"sport", "dest", "dport"} <= set(ports):
                if card["driver"] != "UDPTunnel":
                    sys.exit("unknown driver")
                end = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
                end.bind(("127.0.0.1", int(ports["sport"])))
                end.connect((ports["dest"], int(ports["dport"])))
                end.setblocking(False)
                self.cards[number] = end

    def run(self):
        self.wire()
        if self.vm["uart1"] != "off":
            self.listener = listen(self.vm["pipe"])
            self.listener.setblocking(False)
        say_up(path(self.vm_id))
        while True:
            try:
                self.vm = load(self.vm_id)
            except OSError:
                sys.exit(0)
            self.wire()
            busy = False
            for number, end in self.cards.items():
                busy |= self.network(number, end)
            busy |= self.serial()
            if not busy:
                time.sleep(0.005)

    def network(self, number, end):
        try:
            frame = end.recv(65536)
        except OSError:
            return False
        card = self.vm["nics"][number]
        if card["cable"] != "on" or self.vm["state"] == "paused":
            return True
        answer = arp_answer(frame, bytes([2, 0, 0, 0, 1, int(number)]))
        if answer:
            end.send(answer)
        return True

    def serial(self):
        if self.listener is None:
            return False
        try:
            client = self.listener.accept()[0]
            client.setblocking(False)
            # One at a time, as with the real one.
            self.clients = [client]
            self.say(b"login: ")
        except OSError:
            pass
        busy = False
        for client in list(self.clients):
            try:
                typed = client.recv(1000)
                busy = True
                if typed:
                    client.send(b"you said " + typed.upper())
                else:
                    self.clients.remove(client)
            except BlockingIOError:
                pass
            except OSError:
                self.clients.remove(client)
        return busy
