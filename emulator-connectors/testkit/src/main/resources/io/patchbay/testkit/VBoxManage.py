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
import sys
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from stand_in import HOME, STATE, Refusal, note_call, trick, version
from vbox_disks import (clonevm, closemedium, registervm, rename, snapshot, storageattach, unregistervm)
from vbox_machines import (CHIPSETS, find, fresh_machine, machines, modify_nic, nic, path, require_mutable, save,
                           take)
from vbox_power import Machine, controlvm, startvm

VERSION = "7.0.12r159484"


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
