#!/usr/bin/python3 -IS
"""Stands in for VBoxManage.

Commands, options and answers are those that the manual of VirtualBox describes ("VBoxManage" in its
user manual, releases 5 to 7). Anything else is refused. Machines are files in the directory "state"
beside this script; one that runs is a process, which speaks Ethernet on the UDP ports of its
adapters and serves its serial port, a Unix socket. What few commands need is imported there.
"""
import fcntl
import json
import os
import re
import signal
import sys
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from stand_in import (HOME, STATE, Refusal, alive, arp_answer, await_up, launch, listen, note_call, replace,
                      say_up, trick, version)

VERSION = "7.0.12r159484"
CHIPSETS = {"piix3": 8, "ich9": 36}
NIC_TYPES = ("Am79C970A", "Am79C973", "82540EM", "82543GC", "82545EM", "virtio")


# --- machines as files -------------------------------------------------------------------------

def path(vm_id):
    return os.path.join(STATE, vm_id + ".json")


def load(vm_id):
    with open(path(vm_id), encoding="utf-8") as file:
        vm = json.load(file)
    if vm["state"] in ("running", "paused") and not alive(vm["pid"]):
        vm["state"] = "aborted"
    return vm


def save(vm):
    replace(path(vm["uuid"]), vm)


def machines():
    return [load(name[:-5]) for name in sorted(os.listdir(STATE)) if name.endswith(".json")]


def find(name):
    for vm in machines():
        if name in (vm["uuid"], vm["name"]):
            return vm
    raise Refusal("Could not find a registered machine named '%s'" % name)


def fresh_machine(name, vm_id):
    return {"name": name, "uuid": vm_id, "memory": 512, "chipset": "piix3", "state": "poweroff",
            "pid": 0, "nics": {}, "uart1": "off", "pipe": "", "snapshots": [], "properties": {},
            "extra": {}, "disks": {}, "file": os.path.join(HOME, name, name + ".vbox")}


def nic(vm, number):
    return vm["nics"].setdefault(str(number), {
        "attachment": "nat" if number == 1 and trick("nat-" + vm["name"]) else "none",
        "type": "82540EM", "cable": "on", "driver": "", "properties": {}, "mac": ""})


def require_mutable(vm):
    if vm["state"] in ("running", "paused"):
        raise Refusal("The machine '%s' is already locked for a session (or being unlocked)" % vm["name"])
    if vm["state"] == "saved":
        raise Refusal("The machine is not mutable or running (state is Saved)")


# --- the commands ------------------------------------------------------------------------------

def list_command(args):
    if args == ["vms"]:
        print('"<inaccessible>" {11111111-2222-3333-4444-555555555555}')
        for vm in machines():
            print('"%s" {%s}' % (vm["name"], vm["uuid"]))
    elif args == ["systemproperties"]:
        print("API version:                     7_0")
        for chipset, count in CHIPSETS.items():
            print("Maximum %s Network Adapter count:   %d" % (chipset.upper(), count))
    elif args == ["hdds"]:
        for name in sorted(os.listdir(STATE)):
            if name.endswith(".disk"):
                with open(os.path.join(STATE, name), encoding="utf-8") as file:
                    where = file.read()
                print("UUID:           %s" % name[:-5])
                print("State:          %s" % ("created" if os.path.exists(where) else "inaccessible"))
                print("Location:       %s" % where)
                print()
    else:
        raise Refusal("Invalid list command")


def register_disk(where):
    import uuid
    with open(os.path.join(STATE, str(uuid.uuid5(uuid.NAMESPACE_URL, where)) + ".disk"), "w",
              encoding="utf-8") as file:
        file.write(where)


def closemedium(args):
    import uuid
    kind, where = args
    file = os.path.join(STATE, str(uuid.uuid5(uuid.NAMESPACE_URL, where)) + ".disk")
    if kind != "disk" or not os.path.exists(file):
        raise Refusal("Could not find file for the medium '%s'" % where)
    os.remove(file)


def showvminfo(args):
    if trick("garbage"):
        print("the quick brown fox\n=\nUUID")
        return
    args = [arg for arg in args if arg != "--"]
    if "--machinereadable" not in args or len(args) != 2:
        raise Refusal("Invalid showvminfo command")
    args.remove("--machinereadable")
    vm = find(args[0])
    print('name="%s"' % vm["name"])
    print('ostype="Other Linux (64-bit)"')
    print('UUID="%s"' % vm["uuid"])
    print('CfgFile="%s"' % vm["file"])
    print("memory=%d" % vm["memory"])
    print('chipset="%s"' % vm["chipset"])
    print('VMState="%s"' % vm["state"])
    for place, medium in vm["disks"].items():
        print('"%s"="%s"' % (place, medium))
    for number in range(1, CHIPSETS[vm["chipset"]] + 1):
        card = nic(vm, number)
        print('nic%d="%s"' % (number, card["attachment"].capitalize()
                               if card["attachment"] == "generic" else card["attachment"]))
        if card["attachment"] == "generic":
            print('generic%d="%s"' % (number, card["driver"]))
    for index, name in enumerate(vm["snapshots"]):
        print('SnapshotName%s="%s"' % ("-1" * index, name))


def take(args, count, what):
    if len(args) < count:
        raise Refusal("Missing argument to '%s'" % what)
    values, args[:] = args[:count], args[count:]
    return values


def modifyvm(args):
    vm = find(take(args, 1, "modifyvm")[0])
    require_mutable(vm)
    while args:
        option = take(args, 1, "modifyvm")[0]
        card = re.fullmatch(r"--(nic|nictype|nicgenericdrv|nicproperty|cableconnected|nictrace|macaddress)(\d+)",
                            option)
        if card:
            modify_nic(vm, card.group(1), int(card.group(2)), take(args, 1, option)[0])
        elif option == "--memory":
            vm["memory"] = int(take(args, 1, option)[0])
            if not 4 <= vm["memory"] <= 2097152:
                raise Refusal("Invalid RAM size: %d MB" % vm["memory"])
        elif option == "--name":
            rename(vm, take(args, 1, option)[0])
        elif option == "--uart1":
            vm["uart1"] = take(args, 1, option)[0]
            if vm["uart1"] != "off":
                base, irq = int(vm["uart1"], 16), int(take(args, 1, option)[0])
                if (base, irq) != (0x3F8, 4):
                    raise Refusal("Invalid UART")
        elif option == "--uartmode1":
            mode, vm["pipe"] = take(args, 2, option)
            if mode != "server" or not os.path.isabs(vm["pipe"]):
                raise Refusal("Invalid UART mode")
        else:
            raise Refusal("Unknown option: %s" % option)
    save(vm)


def rename(vm, name):
    if any(other["name"] == name for other in machines()):
        raise Refusal("A machine named '%s' already exists" % name)
    old = os.path.dirname(vm["file"])
    new = os.path.join(os.path.dirname(old), name)
    os.rename(old, new)
    os.rename(os.path.join(new, vm["name"] + ".vbox"), os.path.join(new, name + ".vbox"))
    vm["disks"] = {place: where.replace(old + os.sep, new + os.sep) for place, where in vm["disks"].items()}
    vm["file"] = os.path.join(new, name + ".vbox")
    vm["name"] = name


def modify_nic(vm, what, number, value):
    if not 1 <= number <= CHIPSETS[vm["chipset"]]:
        raise Refusal("Invalid NIC slot %d" % number)
    card = nic(vm, number)
    if what == "nic":
        if value not in ("none", "null", "nat", "bridged", "intnet", "hostonly", "generic"):
            raise Refusal("Invalid type '%s' specfied for NIC %d" % (value, number))
        card["attachment"] = value
    elif what == "nictype":
        if value not in NIC_TYPES:
            raise Refusal("Invalid NIC type '%s' specified for NIC %d" % (value, number))
        card["type"] = value
    elif what == "nicgenericdrv":
        card["driver"] = value
    elif what == "nicproperty":
        name, _, text = value.partition("=")
        if not name or not text:
            raise Refusal("Invalid --nicproperty%d argument '%s'" % (number, value))
        card["properties"][name] = text
    elif what == "macaddress":
        if not re.fullmatch(r"[0-9A-Fa-f]{12}", value):
            raise Refusal("Invalid MAC address '%s'" % value)
        card["mac"] = value
    else:
        if value not in ("on", "off"):
            raise Refusal("Invalid value '%s'" % value)
        if what == "cableconnected":
            card["cable"] = value


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
    process = launch([sys.executable, "-IS", os.path.abspath(__file__), "--comment", vm["name"], "--startvm",
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


def snapshot(args):
    vm_name, action, name = args
    vm = find(vm_name)
    if action != "take":
        raise Refusal("Invalid snapshot command")
    vm["snapshots"].append(name)
    save(vm)


def clonevm(args):
    import uuid
    base = find(take(args, 1, "clonevm")[0])
    options = {}
    register = False
    while args:
        option = take(args, 1, "clonevm")[0]
        if option == "--register":
            register = True
        elif option in ("--snapshot", "--options", "--name", "--basefolder", "--uuid"):
            options[option], = take(args, 1, option)
        else:
            raise Refusal("Unknown option: %s" % option)
    if options["--snapshot"] not in base["snapshots"]:
        raise Refusal("Could not find a snapshot named '%s'" % options["--snapshot"])
    if options["--options"] != "link" or not register:
        raise Refusal("only linked clones are made here")
    name = options["--name"]
    if any(vm["name"] == name for vm in machines()):
        raise Refusal("A machine named '%s' already exists" % name)
    home = os.path.join(options["--basefolder"], name)
    vm = fresh_machine(name, str(uuid.UUID(options["--uuid"])))
    vm["memory"], vm["file"] = base["memory"], os.path.join(home, name + ".vbox")
    os.makedirs(os.path.join(home, "Snapshots"))
    disk = os.path.join(home, "Snapshots", "{%s}.vdi" % vm["uuid"])
    with open(disk, "wb") as file:
        file.write(b"<<< Oracle VM VirtualBox Disk Image >>>\n".ljust(64, b"\0") + b"\xbe\xda\x10\x7f")
    register_disk(disk)
    vm["disks"] = {"SATA Controller-0-0": disk, "IDE-1-0": "emptydrive"}
    with open(vm["file"], "w", encoding="utf-8") as file:
        json.dump(vm, file)
    save(vm)


def registervm(args):
    file, = args
    if any(vm["file"] == file for vm in machines()):
        raise Refusal("Machine settings file '%s' is already registered" % file)
    with open(file, encoding="utf-8") as settings:
        vm = json.load(settings)
    vm["file"] = file
    if any(vm["uuid"] == other["uuid"] or vm["name"] == other["name"] for other in machines()):
        raise Refusal("A machine with this UUID or name exists")
    save(vm)


def unregistervm(args):
    import shutil
    vm = find(take(args, 1, "unregistervm")[0])
    if args not in ([], ["--delete"]):
        raise Refusal("Invalid parameter")
    if vm["state"] in ("running", "paused"):
        raise Refusal("Cannot unregister the machine '%s' while it is locked" % vm["name"])
    vm["state"] = "poweroff"
    vm["disks"] = {}
    os.remove(path(vm["uuid"]))
    if args:
        shutil.rmtree(os.path.dirname(vm["file"]))
    else:
        with open(vm["file"], "w", encoding="utf-8") as file:
            json.dump(vm, file)


def storageattach(args):
    vm = find(take(args, 1, "storageattach")[0])
    require_mutable(vm)
    options = {}
    while args:
        option = take(args, 1, "storageattach")[0]
        if option not in ("--storagectl", "--port", "--device", "--type", "--medium"):
            raise Refusal("Unknown option: %s" % option)
        options[option], = take(args, 1, option)
    if options.get("--type") != "hdd":
        raise Refusal("Invalid --type argument")
    place = "%s-%d-%d" % (options["--storagectl"], int(options["--port"]), int(options["--device"]))
    if options["--medium"] == "none":
        vm["disks"].pop(place)
    else:
        if not os.path.exists(options["--medium"]):
            raise Refusal("Could not find file for the medium '%s'" % options["--medium"])
        register_disk(options["--medium"])
        vm["disks"][place] = options["--medium"]
    save(vm)


def extradata(args, setting):
    vm = find(args[0])
    if setting:
        vm["extra"][args[1]] = args[2]
        save(vm)
    else:
        value = vm["extra"].get(args[1])
        print("No value set!" if value is None else "Value: %s" % value)


def guestproperty(args):
    action, name, key = args[:3]
    vm = find(name)
    if action == "get" and len(args) == 3:
        value = vm["properties"].get(key)
        print("No value set!" if value is None else "Value: %s" % value)
    elif action == "set" and len(args) == 4:
        vm["properties"][key] = args[3]
        save(vm)
    elif action == "delete" and len(args) == 3:
        vm["properties"].pop(key, None)
        save(vm)
    else:
        raise Refusal("Invalid guestproperty command")


COMMANDS = {"list": list_command, "showvminfo": showvminfo, "modifyvm": modifyvm, "startvm": startvm,
            "controlvm": controlvm, "snapshot": snapshot, "clonevm": clonevm, "registervm": registervm,
            "unregistervm": unregistervm, "storageattach": storageattach, "closemedium": closemedium,
            "getextradata": lambda args: extradata(args, False),
            "setextradata": lambda args: extradata(args, True), "guestproperty": guestproperty}


def command(args):
    if trick("hang"):
        time.sleep(600)
    if args == ["--version"]:
        print("WARNING: The character device /dev/vboxdrv does not exist.")
        print(version(VERSION))
        return
    note_call(args)
    if not args or args.pop(0) != "--nologo" or not args or args[0] not in COMMANDS:
        raise Refusal("Invalid command")
    with open(os.path.join(HOME, "lock"), "w", encoding="utf-8") as lock:
        try:
            # The real one has failed in strange ways when it was run twice at once.
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise Refusal("strange error: run twice at once") from error
        COMMANDS[args[0]](args[1:])


# --- a machine that runs -----------------------------------------------------------------------

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


def main():
    os.makedirs(STATE, exist_ok=True)
    args = sys.argv[1:]
    if args[:1] == ["--comment"] and args[2:3] == ["--startvm"]:
        Machine(args[3]).run()
    if args[:1] == ["make"]:
        # For the tests: a machine that somebody has made in VirtualBox.
        if not os.path.exists(path(args[2])):
            vm = fresh_machine(args[1], args[2])
            vm.update(json.loads(args[3]) if len(args) > 3 else {})
            save(vm)
        return
    try:
        command(args)
    except Refusal as refusal:
        sys.stderr.write("VBoxManage: error: %s\n" % refusal)
        sys.stderr.write("VBoxManage: error: Details: code VBOX_E_FAIL (0x80bb0001)\n")
        sys.exit(1)


if __name__ == "__main__":
    main()
